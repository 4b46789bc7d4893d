export function findBrowser(): string | undefined;
export function ensureBrowser(): string;
export function browserLaunch(options?: { gpu?: boolean }): {
  executablePath: string | undefined;
  args: string[];
};
