/** Whether `npm run test:long` runs, which tries many more cases. */
export const IS_LONG = process.env.RELUSCOPE_LONG === '1';
