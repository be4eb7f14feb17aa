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

  // Where the playground is: beside this file. A module has to look for itself in the page; in a
  // bundle nothing is known, and each element says it with src.
  const NAME = /(^|\/)embed\.js([?#].*)?$/;
  const script = document.currentScript
    || [...document.querySelectorAll('script[type="module"][src]')].find(({ src }) => NAME.test(src));
  const home = script && NAME.test(script.src) ? script.src : null;

  /** Heights that a frame may ask for, in CSS pixels. */
  const LOWEST = 40;
  const HIGHEST = 20000;
  /** Characters that the playground reads of a link. */
  const LONGEST = 2000;
  /** How long a figure has to be smaller before its frame is, in milliseconds. */
  const REST = 2000;
  /** How long a figure may take to begin before it is shown as it is, in milliseconds. */
  const PATIENCE = 10000;
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
      if (!frame.isConnected) {
        frames.delete(frame);
        continue;
      }
      // The window is the frame's, and it still has the page of the playground in it. In a sandbox
      // or from a file that page has no origin; then the window alone has to do.
      if (frame.contentWindow !== event.source) continue;
      const origin = new URL(frame.src || "about:blank", document.baseURI).origin;
      if (event.origin !== "null" && event.origin !== origin) {
        console.warn(`gil-playground: a figure of ${origin} came from ${event.origin} and is not heard`);
        continue;
      }
      hear(data);
    }
  });

  function say(frame, message) {
    // A page without an origin of its own cannot be addressed; there is nothing secret in it.
    frame.contentWindow.postMessage({ gilPlayground: 1, ...message }, "*");
  }

  /** Gives a frame the height of its content, unless its author has fixed it. */
  function follow(frame, hear, isFixed) {
    // It grows at once, and becomes smaller when it stays so: sentences that change while it plays
    // take two lines or three, and the page below must not move each time.
    let shrink = 0;
    const resize = (height) => {
      const wanted = Math.min(Math.max(height, LOWEST), HIGHEST);
      const apply = () => { if (!isFixed()) frame.style.height = wanted + "px"; };
      clearTimeout(shrink);
      if (wanted >= frame.getBoundingClientRect().height) apply();
      else shrink = setTimeout(apply, REST);
    };
    frames.set(frame, (data) => {
      if (data.type === "ready") say(frame, { type: "hello" });
      if (data.type === "height" && !isFixed() && Number.isFinite(data.height)) resize(data.height);
      hear(data);
    });
    // One that runs already has said so before it was heard.
    if (frame.contentWindow) say(frame, { type: "hello" });
  }

  /** Red, green, blue up to 255 and opacity up to 1 of a colour. */
  let pixel = null;
  function channels(color) {
    // What most colours are computed to.
    const plain = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(color);
    if (plain) return plain.slice(1).map((part) => (part === undefined ? 1 : Number(part)));
    // Others are drawn; some browsers do not say what they have drawn.
    pixel ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    if (!pixel) return [0, 0, 0, 0];
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = color;
    pixel.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pixel.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  /** Whether a colour is dark; nothing where one sees through it. */
  function isDark(color) {
    const [red, green, blue, opacity] = channels(color);
    return opacity < 0.5 ? null : 0.299 * red + 0.587 * green + 0.114 * blue < 128;
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
    // Once for all changes of a moment, and again when colours have come to rest.
    let soon = 0, rest = 0;
    const changed = () => {
      soon ||= setTimeout(() => { soon = 0; tellAll(); }, 30);
      clearTimeout(rest);
      rest = setTimeout(tellAll, 600);
    };
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
    const bare = parts.join("/");
    put("theme", theme(element));
    const whole = parts.join("/");
    // The figure is told its theme as well, so that a long scenario goes without it.
    return whole.length > LONGEST ? bare : whole;
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
    /** The attributes that the link was of. */
    #of = null;
    #title = null;
    #height = null;
    #turn = false;
    #theme = null;
    #followTheme = () => this.#tellTheme();

    /** The address of what is shown now, with the reader's edits. */
    get link() {
      const home = this.#home();
      if (!home) return "";
      const page = new URL(home);
      page.hash = this.#link ?? fragment(this).replace(/(^|\/)(embed|controls|theme)=[^/]*/g, "") + this.#tab();
      return page.href;
    }

    connectedCallback() {
      if (!this.shadowRoot) this.attachShadow({ mode: "open", delegatesFocus: true });
      this.#build();
      onTheme.add(this.#followTheme);
    }

    /** An element that is moved begins anew: browsers load a frame again that has another place. */
    disconnectedCallback() {
      onTheme.delete(this.#followTheme);
      frames.delete(this.#frame);
      this.#frame = null;
      this.shadowRoot.replaceChildren();
    }

    attributeChangedCallback(name, before, after) {
      // What the reader has changed stays where nothing is said anew.
      if (!this.#frame || before === after) return;
      if (name === "title") return this.#name();
      if (name === "theme") return this.#tellTheme();
      if (name === "height") return this.#size();
      if (["src", "sandbox"].includes(name)) return this.#build();
      if (this.#turn) return;
      // Once for all that is changed together.
      this.#turn = true;
      queueMicrotask(() => {
        this.#turn = false;
        // In place of the entry in the page's history; in the same page nothing is loaded anew.
        const window = this.#frame && this.#frame.contentWindow;
        if (window) window.location.replace(this.#address());
      });
    }

    focus(options) {
      if (this.#frame) this.#frame.focus(options);
    }

    /** The page of the playground. */
    #home() {
      const src = this.getAttribute("src") || home;
      if (!src) return null;
      // embed.js stands for the folder that it is in; an .html file for itself.
      const page = new URL(src.replace(NAME, "$1"), document.baseURI);
      // Nothing else is a place to load a page from.
      if (!/^(https?|file):$/.test(page.protocol)) return null;
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
      const frame = document.createElement("iframe");
      frame.loading = "lazy";
      if (this.hasAttribute("sandbox")) {
        frame.setAttribute("sandbox", this.getAttribute("sandbox") || "allow-scripts allow-popups allow-popups-to-escape-sandbox");
      }
      this.#frame = frame;
      this.#link = this.#title = this.#height = null;
      this.#name();
      this.#size();
      this.#draw(frame);
      frame.src = this.#address();
      // A playground that does not begin says why: that is to be read where nothing stands instead.
      frame.addEventListener("load", () => setTimeout(() => {
        if (!this.childElementCount && frame === this.#frame) this.#box.classList.add("running");
      }, PATIENCE));
      follow(frame, (data) => this.#hear(data), () => this.#fixed() !== null);
    }

    /** The height that the author wants, in CSS pixels; nothing for that of the content. */
    #fixed() {
      const height = parseFloat(this.getAttribute("height"));
      return Number.isFinite(height) ? height : null;
    }

    #size() {
      this.#frame.style.height = (this.#fixed() ?? this.#height ?? this.#reserved()) + "px";
    }

    /** The part of the playground that shows what the element does. */
    #tab() {
      const view = (this.getAttribute("view") || "").trim();
      if (view.startsWith("lesson:")) return "/tab=learn";
      return view === "compare" ? "/tab=compare" : "";
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
      const own = this.#title === null ? "GIL Playground, a simulation of threads" : "GIL Playground: " + this.#title;
      this.#frame.title = this.getAttribute("title") || own;
    }

    #hear(data) {
      if (data.type === "ready") {
        this.#theme = null;
        this.#tellTheme();
        this.#box.classList.add("running");
        this.#tell("gil-playground-ready", {});
      }
      if (data.type === "height" && Number.isFinite(data.height)) {
        this.#height = Math.min(Math.max(data.height, LOWEST), HIGHEST);
      }
      if (typeof data.title === "string") {
        this.#title = data.title;
        this.#name();
      }
      if (data.type === "link" && typeof data.link === "string" && data.link !== this.#link) {
        // What the attributes say is no change by the reader.
        const of = fragment(this).replace(/\/(embed|controls|theme)=[^/]*/g, "");
        const told = of !== this.#of;
        [this.#link, this.#of] = [data.link, of];
        if (!told) this.#tell("gil-playground-change", { link: this.link });
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

  /** A frame that the page's author wrote: it gets height, corners and theme of an element's. */
  function adoptOne(frame) {
    const own = /[/#]theme=(light|dark)/.test(frame.src);
    const tell = () => {
      if (!frame.isConnected) onTheme.delete(tell);
      else say(frame, { type: "theme", theme: themeAround(frame) });
    };
    if (!own) onTheme.add(tell);
    frame.style.borderRadius ||= "12px";
    follow(frame, (data) => { if (data.type === "ready" && !own) tell(); }, () => false);
  }

  function adopt() {
    for (const frame of document.querySelectorAll("iframe[data-gil-playground]")) {
      if (!frames.has(frame)) adoptOne(frame);
    }
  }
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", adopt);
  else adopt();
})();
