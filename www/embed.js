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
 *   events      "gil-playground-ready", "gil-playground-change" (detail.link),
 *               "gil-playground-error" (detail.kind: "blocked", "start" or "link"; detail.reason in
 *               words); all bubble
 *   iframes     an iframe of the playground with the attribute data-gil-playground gets the height
 *               of its content, too
 *   messages    as documented where they are sent and heard, in crates/gil-app/src/embed/message.rs
 *
 * All else is internal. Nothing is sent anywhere but between this page and its frames.
 */
(() => {
  "use strict";

  const VERSION = "1.1.0";
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
  /** How long a frame may say nothing once its page is loaded, and how long the program may take from
   * then on, in milliseconds: a slow line is no failure. */
  const SILENCE = 3000;
  const PATIENCE = 60000;

  /** How high a figure's parts are, in CSS pixels, by the figure's width: from the width in `from` on,
   * the number in the same place. Written by crates/gil-share/src/snippet/room.rs, which a test
   * compares it with; another test compares both with figures that run. */
  const ROOM = {
    from: [0, 340, 480, 620, 761, 1241],
    frame: [62, 62, 62, 74, 58, 58],
    headline: [109, 109, 65, 65, 43, 43],
    transport: [68, 68, 68, 68, 60, 60],
    timeline: [111, 111, 85, 111, 103, 77],
    now: [285, 285, 260, 200, 197, 261],
    chart: [748, 748, 728, 708, 547, 527],
    compare: [3141, 3121, 2840, 2737, 2009, 1793],
    lesson: [2400, 2400, 2400, 2400, 2400, 2400],
    edit: [53, 53, 53, 53, 53, 53],
    knob: [44, 44, 44, 79, 79, 69],
    narrow: 620, stacked: 578, beside: 690, knobs: 13, name: 29, apart: 16,
    gap: [8, 12], section: 12, group: 7,
    stage: [[[8, 290], [24, 360], [null, 460]], [[24, 264], [null, 340]]],
    lanes: [
      { axis: 44, named: 30, thread: [[8, 44], [16, 34], [null, 26]] },
      { axis: 40, named: 24, thread: [[8, 36], [16, 28], [32, 22], [null, 18]] },
    ],
  };

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
  function follow(frame, hear, isFixed, room) {
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
      if (data.type === "ready") say(frame, { type: "hello", room: room() });
      if (data.type === "height" && !isFixed() && Number.isFinite(data.height)) resize(data.height);
      hear(data);
    });
    // One that runs already has said so before it was heard.
    if (frame.contentWindow) say(frame, { type: "hello", room: room() });
  }

  /** What of a figure's link decides how high it is. */
  function partsOf(fragment) {
    const parts = fragment.split("/");
    const value = (key) => (parts.find((part) => part.startsWith(key + "=")) || "").slice(key.length + 1);
    const first = parts.includes("vs") ? parts.slice(0, parts.indexOf("vs")) : parts;
    const groups = first.filter((part) => part.includes(":") && !part.includes("="));
    const count = (group) => Number(/^[^:]*:(\d+)(?:@[^:]*)?:/.exec(group)?.[1] ?? 1);
    const controls = (value("controls") || "play").split("+").filter((name) => name !== "none");
    return {
      shows: value("embed").split("+"),
      plays: controls.includes("play"),
      edits: controls.includes("edit"),
      knobs: controls.filter((name) => !["play", "edit"].includes(name)).length,
      // What a preset has is not known here.
      groups: groups.length || 2,
      threads: groups.reduce((sum, group) => sum + count(group), 0) || 4,
      cores: Number(value("cores")) || 4,
    };
  }

  /** The number of a list whose threads are that many: [most threads, number], the last for all. */
  const upTo = (list, threads) => (list.find(([most]) => most === null || threads <= most) ?? [0, 0])[1];

  /** How high a figure will be at a width, in CSS pixels. */
  function roomFor(fragment, precise) {
    const width = Math.floor(precise);
    const figure = partsOf(fragment);
    const column = ROOM.from.filter((from) => from <= width).length - 1;
    const isNarrow = width < ROOM.narrow;
    const at = (key) => ROOM[key][column];
    const shows = (part) => figure.shows.includes(part);
    let height = at("frame");
    if (figure.knobs > 0) {
      // Those of two that are compared stand side by side, or one below the other.
      const two = shows("compare");
      const room = two && width >= ROOM.beside ? Math.floor(width / 2) : width;
      const columns = isNarrow ? 1 : Math.max(1, Math.floor((room - 2) / 214));
      const set = (two ? ROOM.name : 0) + Math.ceil(figure.knobs / columns) * at("knob");
      height += ROOM.knobs + (two && width < ROOM.beside ? 2 : 1) * set;
    }
    if (shows("lesson")) return height + at("lesson");
    if (shows("compare")) return height + at("compare") + (figure.plays ? at("transport") + ROOM.apart : 0);
    const moves = shows("stage") || shows("timeline") || shows("now");
    const heights = [];
    if (shows("headline")) heights.push(at("headline"));
    if (shows("stage")) heights.push(upTo(ROOM.stage[width < ROOM.stacked ? 0 : 1], figure.threads));
    if (moves && figure.plays) heights.push(at("transport"));
    if (shows("timeline")) {
      const lanes = ROOM.lanes[isNarrow ? 0 : 1];
      const cores = isNarrow && shows("stage") ? 0 : ROOM.section + figure.cores * lanes.named;
      heights.push(at("timeline") + lanes.axis + lanes.named + ROOM.section + cores
        + figure.threads * upTo(lanes.thread, figure.threads) + (figure.groups - 1) * ROOM.group);
    }
    if (shows("now")) heights.push(at("now"));
    if (shows("chart")) heights.push(at("chart"));
    const gaps = Math.max(heights.length - 1, 0) * ROOM.gap[isNarrow ? 0 : 1];
    return height + heights.reduce((sum, one) => sum + one, 0) + gaps + (figure.edits ? at("edit") : 0);
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

  /** How many letters two words differ in. */
  function distance(a, b) {
    let row = [...b, ""].map((_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const above = row;
      row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      }
    }
    return row[b.length];
  }

  /** Names that any element may have, and are no misspelling of one of ours. */
  const ANY = /^(data-|aria-|on)|^(id|is|class|style|slot|part|role|lang|dir|key|ref|hidden|inert|nonce|tabindex)$/;

  /** Says on the console what of an element's attributes is not as it can be. What its scenario, view
   * and controls say is checked by the figure. */
  function check(element, known) {
    const warn = (text) => console.warn(`gil-playground: ${text}`, element);
    for (const name of element.getAttributeNames()) {
      if (known.includes(name) || ANY.test(name)) continue;
      const near = known.find((one) => distance(name, one) <= (one.length > 3 ? 2 : 1));
      if (near) warn(`there is no attribute "${name}"; did you mean "${near}"?`);
    }
    const value = (name) => (element.getAttribute(name) || "").trim();
    if (!value("scenario")) warn('it has no scenario: put a link, what stands behind its "#", or a preset into that attribute');
    if (!["", "light", "dark"].includes(value("theme"))) {
      warn(`theme="${value("theme")}" is neither light nor dark; it is that of the page around`);
    }
    if (!/^(auto|\d+(\.\d+)?(px)?)?$/.test(value("height"))) {
      warn(`height="${value("height")}" is neither auto nor a number of pixels; `
        + (Number.isFinite(parseFloat(value("height"))) ? "its number is taken for pixels" : "it is that of the content"));
    }
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
    .note { display: none; margin: 0; padding: 0.5em 0; }
    .failed > iframe { display: none; }
    .failed.bare .note { display: block; }
    :host(:focus-within) iframe { outline: none; }
  `;
  /** A figure that failed takes no more room than what stands in its place. */
  const FAILED = ":host { min-height: 0 !important; }";

  function sheetOf(text) {
    // Unlike a style element this is allowed under any content security policy.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  }

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
    #failed = false;
    /** Whether its page has said that it gets the program. */
    #alive = false;
    /** The room that the figure was told. */
    #told = null;
    #timer = 0;
    #followTheme = () => this.#tellTheme();
    #width = new ResizeObserver(() => this.#rearrange());
    #followBlocked = (event) => {
      const blocked = /^(frame|child|default)-src/.test(event.effectiveDirective || event.violatedDirective);
      const home = this.#home();
      if (blocked && home && event.blockedURI && (home.startsWith(event.blockedURI) || event.blockedURI === "frame")) {
        this.#fail("blocked", `the page's Content-Security-Policy forbids it: add ${new URL(home).origin} to frame-src`);
      }
    };

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
      this.#width.observe(this);
    }

    /** An element that is moved begins anew: browsers load a frame again that has another place. */
    disconnectedCallback() {
      onTheme.delete(this.#followTheme);
      this.#width.disconnect();
      this.#stopWaiting();
      frames.delete(this.#frame);
      this.#frame = null;
      this.shadowRoot.replaceChildren();
    }

    attributeChangedCallback(name, before, after) {
      // What the reader has changed stays where nothing is said anew.
      if (name === "src" && this.isConnected && this.shadowRoot && before !== after) return this.#build();
      if (!this.#frame || before === after) return;
      if (name === "title") return this.#name();
      if (name === "theme") return this.#tellTheme();
      if (name === "height") return this.#size();
      if (name === "sandbox") return this.#build();
      if (this.#turn) return;
      // Once for all that is changed together.
      this.#turn = true;
      queueMicrotask(() => {
        this.#turn = false;
        // In place of the entry in the page's history; in the same page nothing is loaded anew.
        const window = this.#frame && this.#frame.contentWindow;
        if (window) window.location.replace(this.#address());
        this.#rearrange();
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
      this.#stopWaiting();
      check(this, GilPlayground.observedAttributes);
      if (!this.#home()) {
        this.#draw(null);
        this.#fail("blocked", "say where the playground is, as in src=\"https://example.org/gil/\"");
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
      this.#draw(frame);
      this.#size();
      document.addEventListener("securitypolicyviolation", this.#followBlocked);
      frame.src = this.#address();
      frame.addEventListener("load", () => this.#wait(SILENCE));
      follow(frame, (data) => this.#hear(data), () => this.#fixed() !== null, () => this.#room());
    }

    /** What may keep a page from being shown in a frame cannot be known from outside. */
    #wait(patience) {
      clearTimeout(this.#timer);
      if (this.#box.matches(".running, .failed")) return;
      if (patience === PATIENCE) this.#alive = true;
      else if (this.#alive) return this.#wait(PATIENCE);
      const why = patience === SILENCE
        ? `nothing answers from ${this.#home()}: the playground is not there, or it or the page around forbids the frame`
        : `the playground does not start within ${patience / 1000} s`;
      this.#timer = setTimeout(() => this.#fail("blocked", why), patience);
    }

    #stopWaiting() {
      clearTimeout(this.#timer);
      document.removeEventListener("securitypolicyviolation", this.#followBlocked);
    }

    /** Whether its author has put something into it that stands in its place. */
    #hasFallback() {
      return this.childElementCount > 0 || this.textContent.trim() !== "";
    }

    /** Shows what its author has put into it, and says why. */
    #fail(kind, reason) {
      if (this.#failed) return;
      this.#failed = true;
      clearTimeout(this.#timer);
      // A playground that runs so far says itself what is wrong, where nothing else stands there.
      const speaks = kind !== "blocked" && !this.#hasFallback();
      this.#box.classList.toggle("running", speaks);
      this.#box.classList.toggle("failed", !speaks);
      this.#box.classList.toggle("bare", !this.#hasFallback());
      this.shadowRoot.adoptedStyleSheets = [sheetOf(STYLE), sheetOf(FAILED)];
      // What it says takes less room than the figure.
      if (speaks) this.#rearrange();
      console.error(`gil-playground: ${reason}`, this);
      this.#tell("gil-playground-error", { kind, reason });
    }

    /** It runs, perhaps after all. */
    #run() {
      this.#failed = false;
      this.#stopWaiting();
      this.#box.classList.remove("failed", "bare");
      this.#box.classList.add("running");
      this.shadowRoot.adoptedStyleSheets = [sheetOf(STYLE)];
      this.#rearrange();
    }

    /** The height that is kept for the figure, in CSS pixels: what it will need, and no less than its
     * author has reserved by a style. Nothing where the author has fixed it, and for one that failed. */
    #room() {
      if (this.#fixed() !== null || this.#failed) return undefined;
      const kept = parseFloat(getComputedStyle(this).minHeight) || 0;
      const width = this.getBoundingClientRect().width;
      return Math.ceil(Math.max(roomFor(fragment(this), width), kept));
    }

    /** Another width, another room. */
    #rearrange() {
      const room = this.#frame && this.#room();
      if (!this.#frame || room === this.#told) return;
      this.#told = room;
      if (this.#height === null && !this.#failed) this.#size();
      if (this.#frame.contentWindow) say(this.#frame, { type: "hello", room });
    }

    /** The height that the author wants, in CSS pixels; nothing for that of the content. */
    #fixed() {
      const height = parseFloat(this.getAttribute("height"));
      return Number.isFinite(height) ? height : null;
    }

    #size() {
      this.#frame.style.height = (this.#fixed() ?? this.#height ?? this.#room() ?? LOWEST) + "px";
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
      const note = document.createElement("p");
      note.className = "note";
      note.append("This figure cannot be shown here. ");
      if (frame) {
        const link = document.createElement("a");
        [link.href, link.textContent, link.target] = [this.link, "Open it in the GIL Playground", "_blank"];
        note.append(link);
      }
      instead.append(document.createElement("slot"), note);
      if (frame) box.append(frame);
      box.append(instead);
      this.#box = box;
      this.#failed = this.#alive = false;
      this.shadowRoot.adoptedStyleSheets = [sheetOf(STYLE)];
      this.shadowRoot.replaceChildren(box);
    }

    #name() {
      const own = this.#title === null ? "GIL Playground, a simulation of threads" : "GIL Playground: " + this.#title;
      this.#frame.title = this.getAttribute("title") || own;
    }

    #hear(data) {
      if (data.type === "starting") this.#wait(PATIENCE);
      if (data.type === "failed") this.#fail("start", `the playground does not start. ${data.reason}`);
      if (data.type === "ready") {
        this.#theme = null;
        this.#tellTheme();
        if (typeof data.problem === "string") this.#fail("link", data.problem);
        else this.#run();
        if (!this.#failed) this.#tell("gil-playground-ready", {});
      }
      if (data.type === "problem") this.#fail("link", String(data.reason));
      // It was broken, and its author has said something else.
      if (data.type === "link" && this.#failed) this.#run();
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
    // Its author's height, or what the figure needs where that is more.
    const needed = () => roomFor(frame.src.split("#")[1] || "", frame.getBoundingClientRect().width);
    const room = () => Math.ceil(Math.max(needed(), Number(frame.getAttribute("height")) || 0));
    frame.style.height = room() + "px";
    const fail = (kind, reason) => {
      console.error(`gil-playground: ${reason}`, frame);
      frame.dispatchEvent(new CustomEvent("gil-playground-error", { bubbles: true, detail: { kind, reason } }));
    };
    follow(frame, (data) => {
      if (data.type === "ready" && !own) tell();
      if (data.type === "failed") fail("start", `the playground does not start. ${data.reason}`);
      if (data.type === "problem") fail("link", String(data.reason));
    }, () => false, room);
  }

  function adopt() {
    for (const frame of document.querySelectorAll("iframe[data-gil-playground]")) {
      if (!frames.has(frame)) adoptOne(frame);
    }
  }
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", adopt);
  else adopt();
})();
