/** A candidate that runs in the page (page/page.ts). */
export class PagePeer {
  #page;

  constructor(page, name) {
    this.#page = page;
    this.name = name;
  }

  #call(method, work) {
    return this.#page.evaluate(
      ([name, call, argument]) => globalThis.bench[call](name, argument),
      [this.name, method, work],
    );
  }

  load(work) {
    return this.#call('load', work);
  }

  run() {
    return this.#call('run');
  }

  probe() {
    return this.#call('probe');
  }

  unload() {
    return this.#call('unload');
  }
}
