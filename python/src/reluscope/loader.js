// The module that anywidget runs for each widget. It is small, since every widget brings its own copy; the page, which is
// large, is shared by all widgets of a document: the kernel sends it once.

const SHARED = Symbol.for('reluscope.notebook');

async function render({ model, el }) {
  const { mount } = await pageOf(model);
  return mount({ model, el });
}

function pageOf(model) {
  globalThis[SHARED] ??= new Map();
  const pages = globalThis[SHARED];
  const version = model.get('_version');
  if (!pages.has(version)) {
    const page = load(model);
    pages.set(version, page);
    // Another widget may have more luck.
    page.catch(() => pages.delete(version));
  }
  return pages.get(version);
}

async function load(model) {
  const given = model.get('_page');
  const bytes = given?.byteLength > 0 ? given : await ask(model);
  const url = URL.createObjectURL(new Blob([bytes], { type: 'text/javascript' }));
  try {
    return await import(/* @vite-ignore */ url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The page from the kernel, for a document that has lost the widget with which it came. */
function ask(model) {
  return new Promise((resolve) => {
    const listen = ({ kind }, [bytes]) => {
      if (kind !== 'page') return;
      model.off('msg:custom', listen);
      resolve(bytes);
    };
    model.on('msg:custom', listen);
    model.send({ kind: 'page' });
  });
}

export default { render };
