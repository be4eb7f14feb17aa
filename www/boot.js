// Starts the playground: gets its program and runs it. A file of its own, so that a site needs no
// inline script in its Content-Security-Policy. `cargo xtask dist` also puts it into
// gil-playground.html, where everything it needs stands in the page.
(() => {
  "use strict";

  /** What the page consists of: addresses relative to it, or nothing where it has all of it. */
  const files = JSON.parse(document.getElementById("program").textContent);

  const BROWSERS = "Open it in a current Firefox, Chrome, Edge or Safari.";
  const INCOMPLETE = "If that does not help, the site is incomplete: whoever runs it should copy "
    + "the playground's folder to it once more, with all its files.";

  /** A failure in words for the person who looks at the page. */
  class Problem extends Error {}

  /** The absolute address of one of the page's files. */
  const address = (file) => new URL(file, document.baseURI).href;

  /** The text of a part of gil-playground.html. */
  const part = (id) => document.getElementById(id).textContent;

  /** A program that was compressed with gzip and written in base64. The worker has it too. */
  function unpack(text) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(unpacked, { headers: { "Content-Type": "application/wasm" } });
  }

  /** Fetches the program. */
  async function fetched(file) {
    const unreachable = () => {
      throw new Problem(`${file} could not be fetched. Check the connection and reload the page. `
        + INCOMPLETE);
    };
    const response = await fetch(address(file)).catch(unreachable);
    if (!response.ok) {
      throw new Problem(`The server has no ${file} (it answers ${response.status}). Reload the `
        + `page. ${INCOMPLETE}`);
    }
    return response;
  }

  /** Loads the script that goes with the program. */
  function imported(file) {
    return import(address(file)).catch((error) => {
      throw new Problem(`${file} could not be loaded (${error.message}). Reload the page. `
        + INCOMPLETE);
    });
  }

  /** Runs the program; the playground takes the place of what the page shows. */
  async function run(bindings, response) {
    const wasm = await bindings.default({ module_or_path: response });
    // What Trunk's own script leaves behind: the tests and others wait for it.
    window.wasmBindings = bindings;
    dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm } }));
  }

  function words(error) {
    if (error instanceof Problem) return error.message;
    if (error instanceof WebAssembly.CompileError && /security policy|csp/i.test(error.message)) {
      return "The site's Content-Security-Policy forbids WebAssembly: whoever runs it should add "
        + "'wasm-unsafe-eval' to its script-src.";
    }
    return `${error}. Reload the page. ${INCOMPLETE}`;
  }

  /** Tells the page around, where there is one, how far it is: crates/gil-app/src/embed/message.rs. */
  function tell(message) {
    if (parent !== window) parent.postMessage({ gilPlayground: 1, ...message }, "*");
  }

  /** Says in the page, and to the page around, why it does not start. */
  function fail(error) {
    console.error(error);
    const reason = words(error);
    tell({ type: "failed", reason });
    const say = () => {
      const place = document.querySelector(".loading");
      if (!place) return;
      place.setAttribute("role", "alert");
      place.textContent = `The GIL Playground does not start. ${reason}`;
    };
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", say);
    else say();
  }

  function check() {
    if (typeof WebAssembly !== "object") {
      throw new Problem(`It is a program in WebAssembly, which this browser lacks. ${BROWSERS}`);
    }
    if (!files && typeof DecompressionStream !== "function") {
      throw new Problem("This browser cannot unpack the file that holds the playground: it lacks "
        + `DecompressionStream. ${BROWSERS}`);
    }
  }

  /** How the worker starts, for either kind of page. It tells the page when it cannot. */
  const running = (program) => `wasm_bindgen({ module_or_path: ${program} }).catch((error) =>
    postMessage(JSON.stringify({ Failed: { message: String(error) } })));`;

  const separate = {
    workerSource() {
      const [script, wasm] = files.worker.map((file) => JSON.stringify(address(file)));
      return `importScripts(${script});\n${running(wasm)}`;
    },
    async start() {
      check();
      const both = [imported(files.script), fetched(files.wasm)];
      await run(...await Promise.all(both));
    },
  };

  const embedded = {
    workerSource() {
      return this.worker;
    },
    async start(init) {
      check();
      // Now: the program takes the parts' place.
      const wasm = `unpack(${JSON.stringify(part("gil-worker-wasm"))})`;
      this.worker = `${part("gil-worker-script")}\n${unpack}\n${running(wasm)}`;
      await run({ default: init }, unpack(part("gil-app-wasm")));
    },
  };

  // Such a page, a file or in a sandbox, may not load what the playground consists of.
  tell({ type: "starting" });
  if (files && self.origin === "null") {
    location.replace(`gil-playground.html${location.search}${location.hash}`);
    return;
  }
  const page = files ? separate : embedded;
  window.gilPlayground = {
    /** The text of a script that starts the web worker, for a worker made from a blob. */
    workerSource: () => page.workerSource(),
    /** Starts the page; called by gil-playground.html with the function that its script exports. */
    start: (init) => page.start(init).catch(fail),
  };
  if (files) window.gilPlayground.start();
})();
