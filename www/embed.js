/*! GIL Playground: <gil-playground>, a running figure in any page.
 *
 * Put this file into a page with a script element, as it is or as a module, and write
 *
 *   <gil-playground scenario="v1/hog:py-5ms:daemon/io:2:py-100us+io-1ms:x30"
 *                   view="stage timeline" controls="play si">
 *     <a href="...">What is shown where scripts do not run</a>
 *   </gil-playground>
 *
 * Public, and stable as long as GilPlayground.version begins with "1.":
 *
 *   attributes  scenario, view, controls, start, end, at, loop, speed, theme, height, title, src,
 *               sandbox
 *   properties  link: the address of what is shown now, edits included (read only)
 *   events      "gil-playground-ready", "gil-playground-change" (detail.link), both bubble
 *   iframes     an iframe of the playground with the attribute data-gil-playground gets the height
 *               of its content, too
 *   messages    as documented where they are sent and heard, in crates/gil-app/src/embed/message.rs
 *
 * All else is internal. Nothing is sent anywhere but between this page and its frames.
 */
(() => {
  "use strict";

  const VERSION = "1.0.0";
  const TAG = "gil-playground";
  if (customElements.get(TAG)) return;

  // Where the playground is: beside this file. A module and a bundle do not know that by themselves.
  const script = document.currentScript || document.querySelector('script[src*="embed.js"]');
  const home = script && script.src ? script.src : null;

  /** Heights that a frame may ask for, in CSS pixels. */
  const LOWEST = 40;
  const HIGHEST = 20000;
  /** Reserved until the content says how high it is, so that the page moves little. */
  const USUAL = { stage: 330, timeline: 220, headline: 60, now: 190, chart: 480, compare: 900, lesson: 2400 };

  /** All frames that are heard: frame -> what to do with its messages. */
  const frames = new Map();

  addEventListener("message", (event) => {
    const data = event.data;
    if (!data || data.gilPlayground !== 1) return;
    // A page that changes without being loaded anew gets its frames later.
    if (data.type === "ready") adopt();
    for (const [frame, hear] of frames) {
      if (!frame.isConnected) frames.delete(frame);
      // The window is the frame's, and it still has the page of the playground in it. In a sandbox
      // or from a file that page has no origin; then the window alone has to do.
      if (frame.contentWindow !== event.source) continue;
      if (event.origin !== "null" && event.origin !== new URL(frame.src).origin) continue;
      hear(data);
    }
  });

  function say(frame, message) {
    // A page without an origin of its own cannot be addressed; there is nothing secret in it.
    frame.contentWindow.postMessage({ gilPlayground: 1, ...message }, "*");
  }

  /** Gives a frame the height of its content. */
  function follow(frame, hear, fixed) {
    frames.set(frame, (data) => {
      if (data.type === "ready") say(frame, { type: "hello" });
      if (data.type === "height" && !fixed && Number.isFinite(data.height)) {
        frame.style.height = Math.min(Math.max(data.height, LOWEST), HIGHEST) + "px";
      }
      hear(data);
    });
    // One that runs already has said so before it was heard.
    if (frame.contentWindow) say(frame, { type: "hello" });
  }

  /** Whether a colour is dark, of whatever form; nothing where one sees through it. */
  const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  function isDark(color) {
    if (!pixel) return null;
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = color;
    pixel.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
    return alpha < 128 ? null : 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  }

  /** The theme of what an element stands on, which need not be that of the reader's system. */
  function themeAround(element) {
    for (let at = element; at; at = at.parentElement || at.getRootNode().host) {
      const dark = isDark(getComputedStyle(at).backgroundColor);
      if (dark !== null) return dark ? "dark" : "light";
    }
    const schemes = getComputedStyle(document.documentElement).colorScheme;
    const system = matchMedia("(prefers-color-scheme: dark)").matches;
    return /dark/.test(schemes) && (system || !/light/.test(schemes)) ? "dark" : "light";
  }

  /** Calls a function whenever the page may have changed its theme. */
  const onTheme = new Set();
  function watchTheme() {
    const tellAll = () => onTheme.forEach((tell) => tell());
    // Colours may take a moment to change.
    const changed = () => { tellAll(); setTimeout(tellAll, 600); };
    const observer = new MutationObserver(changed);
    const filter = { attributes: true, attributeFilter: ["class", "style", "data-theme", "data-bs-theme", "data-md-color-scheme"] };
    for (const element of [document.documentElement, document.body]) {
      if (element) observer.observe(element, filter);
    }
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  }

  /** Words of an attribute, as the notation joins them. */
  const joined = (text) => text.trim().split(/[\s,+]+/).filter(Boolean).join("+");

  /** "1/1000" and "0.001" are a thousandth of the real speed: slow=1000. */
  function slowdown(text) {
    const [above, below] = text.split("/").map(Number);
    const speed = below === undefined ? above : above / below;
    return speed > 0 && speed <= 1 ? String(Math.round(1 / speed)) : text;
  }

  /** The theme of an element: as its author says, otherwise that of the page around. */
  function theme(element) {
    const said = (element.getAttribute("theme") || "").trim();
    if (["light", "dark"].includes(said)) return said;
    const inLink = /\/theme=(light|dark)/.exec(element.getAttribute("scenario") || "");
    return inLink ? inLink[1] : themeAround(element);
  }

  /** The fragment that the attributes of an element say. The playground itself checks it. */
  function fragment(element) {
    const attribute = (name) => (element.getAttribute(name) || "").trim();
    const scenario = attribute("scenario").replace(/^[^#]*#/, "").replace(/\s+/g, "");
    const parts = [scenario];
    // What an attribute says goes before what the scenario's text says.
    const put = (key, value) => {
      const known = new RegExp("(^|/)" + key + "=[^/]*", "g");
      parts[0] = parts[0].replace(known, "");
      parts.push(key + "=" + value);
    };
    const view = attribute("view");
    if (view.startsWith("lesson:")) {
      put("lesson", view.slice("lesson:".length));
      put("embed", "lesson");
    } else if (view || !/\/embed=/.test(scenario)) {
      put("embed", joined(view || "stage timeline"));
    }
    if (element.hasAttribute("controls")) put("controls", joined(attribute("controls")) || "none");
    if (attribute("start")) put("from", attribute("start"));
    if (attribute("end")) put("to", attribute("end"));
    if (attribute("at")) put("at", attribute("at"));
    if (element.hasAttribute("loop") && attribute("loop") !== "false") put("loop", "on");
    if (attribute("speed")) put("slow", slowdown(attribute("speed")));
    put("theme", theme(element));
    return parts.join("/");
  }

  const STYLE = `
    :host { display: block; margin-block: 1em; }
    :host([hidden]) { display: none; }
    .frame { display: grid; }
    .frame > * { grid-area: 1 / 1; min-width: 0; }
    iframe { width: 100%; border: 0; border-radius: 12px; opacity: 0; }
    .running > iframe { opacity: 1; }
    .running > .instead { display: none; }
    :host(:focus-within) iframe { outline: none; }
  `;

  class GilPlayground extends HTMLElement {
    static version = VERSION;
    static observedAttributes = [
      "scenario", "view", "controls", "start", "end", "at", "loop", "speed", "theme",
      "height", "title", "src", "sandbox",
    ];

    #frame = null;
    #box = null;
    #link = null;
    #theme = null;
    #followTheme = () => this.#tellTheme();

    /** The address of what is shown now, with the reader's edits. */
    get link() {
      if (this.#link === null) return this.#address().replace(/\/(embed|controls|theme)=[^/]*/g, "");
      const page = new URL(this.#home());
      page.hash = this.#link;
      return page.href;
    }

    connectedCallback() {
      if (!this.shadowRoot) this.attachShadow({ mode: "open", delegatesFocus: true });
      this.#build();
      onTheme.add(this.#followTheme);
    }

    disconnectedCallback() {
      onTheme.delete(this.#followTheme);
      frames.delete(this.#frame);
      this.#frame = null;
    }

    attributeChangedCallback(name) {
      if (!this.#frame) return;
      if (name === "title") return this.#name();
      if (name === "theme") return this.#tellTheme();
      if (["height", "src", "sandbox"].includes(name)) return this.#build();
      // In place of the entry in the page's history, and without loading anything anew.
      const window = this.#frame.contentWindow;
      if (window) window.location.replace(this.#address());
      this.#link = null;
    }

    focus(options) {
      if (this.#frame) this.#frame.focus(options);
    }

    /** The page of the playground. */
    #home() {
      const src = this.getAttribute("src") || home;
      if (!src) return null;
      // embed.js stands for the folder that it is in; an .html file for itself.
      const page = new URL(src.replace(/embed\.js([?#].*)?$/, ""), document.baseURI);
      // Without a server a folder has no page.
      if (page.protocol === "file:" && page.pathname.endsWith("/")) page.pathname += "gil-playground.html";
      return page.href;
    }

    #address() {
      return this.#home() + "#" + fragment(this);
    }

    /** Tells the figure another theme; what the reader has changed in it stays. */
    #tellTheme() {
      const wanted = theme(this);
      if (!this.#frame || wanted === this.#theme) return;
      this.#theme = wanted;
      say(this.#frame, { type: "theme", theme: wanted });
    }

    #build() {
      frames.delete(this.#frame);
      if (!this.#home()) {
        console.error("gil-playground: say where the playground is, as in src=\"https://example.org/gil/\"");
        return;
      }
      const height = parseFloat(this.getAttribute("height"));
      const frame = document.createElement("iframe");
      frame.loading = "lazy";
      frame.style.height = (Number.isFinite(height) ? height : this.#reserved()) + "px";
      if (this.hasAttribute("sandbox")) {
        frame.setAttribute("sandbox", this.getAttribute("sandbox") || "allow-scripts allow-popups allow-popups-to-escape-sandbox");
      }
      this.#frame = frame;
      this.#link = null;
      this.#name();
      this.#draw(frame);
      frame.src = this.#address();
      follow(frame, (data) => this.#hear(data), Number.isFinite(height));
    }

    #draw(frame) {
      const box = document.createElement("div");
      box.className = "frame";
      const instead = document.createElement("div");
      instead.className = "instead";
      instead.append(document.createElement("slot"));
      box.append(frame, instead);
      this.#box = box;
      // Unlike a style element this is allowed under any content security policy.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      this.shadowRoot.adoptedStyleSheets = [sheet];
      this.shadowRoot.replaceChildren(box);
    }

    #reserved() {
      const view = this.getAttribute("view") || "stage timeline";
      const parts = view.split(/[\s,+:]+/).map((part) => USUAL[part] || 0);
      return 110 + parts.reduce((sum, part) => sum + part, 0);
    }

    #name() {
      this.#frame.title = this.getAttribute("title") || "GIL Playground, a simulation of threads";
    }

    #hear(data) {
      if (data.type === "ready") {
        this.#theme = null;
        this.#tellTheme();
        this.#box.classList.add("running");
        if (!this.hasAttribute("title") && typeof data.title === "string") {
          this.#frame.title = "GIL Playground: " + data.title;
        }
        this.#tell("gil-playground-ready", {});
      }
      if (data.type === "link" && typeof data.link === "string" && data.link !== this.#link) {
        const first = this.#link === null;
        this.#link = data.link;
        if (!first) this.#tell("gil-playground-change", { link: this.link });
      }
    }

    #tell(name, detail) {
      this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
    }
  }

  if (document.body) watchTheme();
  else addEventListener("DOMContentLoaded", watchTheme);
  customElements.define(TAG, GilPlayground);
  globalThis.GilPlayground = GilPlayground;

  function adopt() {
    for (const frame of document.querySelectorAll("iframe[data-gil-playground]")) {
      if (!frames.has(frame)) follow(frame, () => {}, false);
    }
  }
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", adopt);
  else adopt();
})();
