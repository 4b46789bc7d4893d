import { printName } from '../../models/tensors.ts';
import { awaitedModels, type NamedModel } from '../../state/linkedModels.ts';
import type { Messages } from '../page/messages.ts';

/** Keeps a link waiting that shows networks which it is too large to hold, until their files are opened. */
export class AwaitedLink {
  readonly #messages: Messages;
  readonly #chooseFiles: () => void;
  #waiting: { readonly text: string; readonly open: () => void } | null = null;
  #withdraw: () => void = () => undefined;

  constructor(messages: Messages, chooseFiles: () => void) {
    this.#messages = messages;
    this.#chooseFiles = chooseFiles;
  }

  get isWaiting(): boolean {
    return this.#waiting !== null;
  }

  /** Whether the link waits for a network. */
  needs(id: string): boolean {
    const awaited = this.#waiting ? awaitedModels(this.#waiting.text) : [];
    return awaited.some((model) => model.id === id);
  }

  /**
   * Opens a link if all its networks are here; else asks for their files, and opens it then. It takes the place of the one before.
   * @param source what the link is, at the start of a sentence
   * @returns whether it was opened
   */
  open(text: string, source: string, open: () => void): boolean {
    this.#end();
    const awaited = awaitedModels(text);
    if (awaited.length === 0) {
      open();
      return true;
    }
    this.#waiting = { text, open };
    this.#withdraw = this.#messages.ask(
      request(source, awaited),
      'Open a file…',
      this.#chooseFiles,
    );
    return false;
  }

  /** To be called after networks have come. */
  notice(): void {
    if (this.#waiting === null || awaitedModels(this.#waiting.text).length > 0) return;
    const { open } = this.#waiting;
    this.#end();
    open();
  }

  #end(): void {
    this.#withdraw();
    this.#waiting = null;
  }
}

function request(source: string, awaited: readonly NamedModel[]): string {
  const names = awaited.map(({ name }) => (name ? `“${printName(name)}”` : 'a network'));
  const [what, files] = names.length > 1 ? ['networks', 'their files'] : ['a network', 'its file'];
  return `${source} shows ${what} whose weights it does not hold: ${names.join(', ')}. Drop ${files} on this page.`;
}
