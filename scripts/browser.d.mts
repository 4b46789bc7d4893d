export function findBrowser(): string | undefined;
export function ensureBrowser(): string;
export function browserLaunch(): { executablePath: string | undefined; args: string[] };
