// Report: camera, place, kind, send. Text is optional. The form never waits for the network.
import { now } from "./clock.js";
import { absent, day } from "./day.js";
import { Draft, begun } from "./draft.js";
import { copy, fill, make, put, say, shown, slot } from "./dom.js";
import * as forms from "./forms.js";
import { complain, enqueue, filesOf } from "./hand.js";
import { draw, locate } from "./map.js";
import { Tray } from "./photos.js";
import * as queue from "./queue.js";
import { listen } from "./voice.js";

const TILES = 7;
const PATIENCE = 10000;
/** So long one stays where one was. */
const STANDS = 600000;

/** @param {HTMLElement} root @param {string[]} args the key of one to be mended, or "thing" and its id */
export async function show(root, args) {
  const data = day();
  if (!data || !data.me || !data.classes) return fill(root, make("p", { class: "day soft", "data-bare": "" }, say(absent())));
  const old = args[0] && args[0] !== "thing" ? await queue.one(args[0]) : null;
  const draft = args.length ? null : await begun("report");
  const page = copy("report");
  const report = new Report(page, data, (old || draft || { body: {} }).body, old ? old.key : undefined);
  fill(root, page);
  for (const file of old ? await filesOf(old.key) : draft ? draft.files : []) report.tray.add(file);
  shown(page, { draft });
  if (!args.length) report.keep();
  if (old && old.refused) complain(page, [old.refused.sentence, ...old.refused.fields.map((one) => one.sentence), old.refused.remedy].join(" "));
  if (args[0] === "thing") report.at(data.things.find((one) => one.id === args[1]));
  else if (!old && !(draft && now() - draft.at < STANDS)) report.seek();
  return report.voice.end;
}

class Report {
  /** @param {HTMLElement} page @param {any} data @param {any} body @param {string} [key] */
  constructor(page, data, body, key) {
    Object.assign(this, { page, data, key, body });
    this.form = page;
    /** @type {[number, number]|null} */
    this.point = body.point || null;
    this.near = 0;
    this.thing = body.facility || null;
    this.tray = new Tray(page, (words) => complain(page, words));
    this.voice = listen(page, this.tray);
    this.grounds(body.ground);
    this.kinds(body.class);
    for (const name of ["words", "place", "name", "phone"]) this.form.elements[name].value = body[name] || "";
    this.form.elements.urgent.checked = Boolean(body.urgent);
    page.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    page.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault(); });
    const change = page.querySelector("[data-change]");
    change.addEventListener("click", () => {
      const open = change.getAttribute("aria-expanded") !== "true";
      change.setAttribute("aria-expanded", String(open));
      shown(page, { change: open });
      this.map();
    });
    page.querySelector("[data-locate]").addEventListener("click", () => this.seek());
    shown(page, { change: false });
    this.where();
  }

  /** Own grids first, then what else may be chosen. @param {string} [chosen] */
  grounds(chosen) {
    const { grids, grounds, own } = this.data;
    const list = this.form.elements.ground;
    for (const grid of grids) list.append(new Option(`${grid.name} ${grid.code.slice(-3)}`, grid.code));
    for (const [code, name] of grounds) list.append(new Option(name, code));
    const mine = own.find((one) => [...list.options].some((option) => option.value === one));
    list.value = chosen || mine || (list.options[0] ? list.options[0].value : "");
    list.addEventListener("change", () => { this.point = null; this.where(); this.map(); });
  }

  /** The classes used last come first, then those of the catalogue. @param {string} [chosen] */
  kinds(chosen) {
    const used = JSON.parse(localStorage.getItem("field-kinds") || "[]");
    const leaves = this.data.classes.filter(([code]) => !this.data.classes.some(([other]) => other.startsWith(`${code}.`)));
    const order = mixed(leaves).sort((a, b) => rank(used, a[0]) - rank(used, b[0]));
    const tiles = order.slice(0, TILES).map(([code, , title]) => this.tile(code, title));
    fill(slot(this.page, "kinds"), ...tiles, this.tile("more", say("more")));
    const list = this.form.elements.class;
    list.append(new Option(say("choose"), ""));
    for (const [code, title] of this.data.classes) list.append(new Option(title, code));
    list.addEventListener("change", () => this.questions());
    this.page.addEventListener("change", (event) => { if (event.target.name === "kind") this.picked(); });
    if (chosen) this.choose(chosen);
    this.picked();
  }

  /** @param {string} code @param {string} title */
  tile(code, title) {
    const made = copy("kind");
    made.querySelector("input").value = code;
    put(made, { title });
    slot(made, "sign").replaceWith(...signOf(code));
    return made;
  }

  /** @param {string} code */
  choose(code) {
    const tile = this.page.querySelector(`[name="kind"][value="${CSS.escape(code)}"]`);
    (tile || this.page.querySelector('[name="kind"][value="more"]')).checked = true;
    this.form.elements.class.value = code;
  }

  picked() {
    const tile = this.page.querySelector('[name="kind"]:checked');
    shown(this.page, { more: Boolean(tile) && tile.value === "more" });
    if (tile && tile.value !== "more") this.form.elements.class.value = tile.value;
    this.questions();
  }

  /** The form of the class's procedure: what its pack asks beside words and place. */
  questions() {
    const found = this.data.classes.find(([code]) => code === this.form.elements.class.value);
    const pack = found ? this.data.forms[found[3]] : null;
    this.asked = pack ? pack.fields.filter((one) => one.required) : [];
    this.beside = pack ? pack.fields.filter((one) => !one.required) : [];
    shown(this.page, { optional: this.beside.length });
    put(this.page, { ask: pack && pack.words ? pack.words.title : say("ask") });
    const given = this.body.answers || {};
    forms.into(slot(this.page, "fields"), this.asked, given, this.data);
    forms.into(slot(this.page, "optional"), this.beside, given, this.data);
  }

  /** Where one stands: asked for here and nowhere else, and sent with this report alone. */
  seek() {
    if (!navigator.geolocation) return;
    put(this.page, { near: say("place.seeking") });
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.found([coords.longitude, coords.latitude], coords.accuracy),
      () => this.where(),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 60000 },
    );
  }

  /** @param {[number, number]} point @param {number} near metres */
  found(point, near) {
    const grid = locate(point, this.data.grids);
    this.point = [Number(point[0].toFixed(6)), Number(point[1].toFixed(6))];
    this.near = Math.round(near);
    if (grid) this.form.elements.ground.value = grid.code;
    else this.point = null;
    this.where(grid ? undefined : say("place.outside"));
    this.map();
  }

  /** A facility whose label was scanned. @param {any} thing */
  at(thing) {
    if (!thing) return;
    this.thing = thing.id;
    this.point = null;
    this.form.elements.place.value = thing.title;
    const list = this.form.elements.ground;
    const option = [...list.options].find((one) => one.value === thing.ground);
    if (option) list.value = thing.ground;
    this.where(say("place.thing"));
  }

  /** @param {string} [note] */
  where(note) {
    const code = this.form.elements.ground.value;
    const option = this.form.elements.ground.selectedOptions[0];
    const own = this.data.own.some((one) => code.startsWith(one));
    const near = this.point ? (own ? say("place.own", { m: this.near }) : say("place.other")) : say("place.default");
    put(this.page, { place: option ? option.text : say("choose"), near: note || near, code: code.replace(/^(\d{6})(\d{3})(\d{3})?(\d{3})?$/, "$1 $2 $3 $4").trim() });
  }

  map() {
    const things = this.data.things;
    draw(slot(this.page, "map"), this.data.grids, { here: this.form.elements.ground.value, point: this.point, things }, (code) => {
      this.form.elements.ground.value = code;
      this.point = null;
      this.where();
      this.map();
    });
  }

  /** What is written stays on the phone until it is handed in. */
  keep() {
    this.draft = new Draft("report", this.page, () => ({ body: this.written().body, files: this.tray.files }));
    this.page.querySelector("[data-anew]").addEventListener("click", async () => { await this.draft.end(); location.reload(); });
  }

  /** The report as it stands on the page, and what it still lacks. */
  written() {
    const { elements } = this.form;
    const { answers: asked, missing } = forms.read(slot(this.page, "fields"), this.asked);
    const answers = { ...asked, ...forms.read(slot(this.page, "optional"), this.beside).answers };
    const body = {
      kind: "report", class: elements.class.value, words: elements.words.value.trim(), ground: elements.ground.value, point: this.point,
      place: elements.place.value.trim(), name: elements.name.value.trim(), phone: elements.phone.value.trim(),
      urgent: elements.urgent.checked || answers.danger === "now", facility: this.thing, answers,
    };
    return { body, missing };
  }

  async send() {
    this.voice.hush();
    const { body, missing } = this.written();
    if (!body.words && !this.tray.files.length) return complain(this.page, say("say.nothing"));
    if (!body.class) return complain(this.page, say("say.class"));
    if (!body.ground) return complain(this.page, say("say.ground"));
    if (missing.length) return complain(this.page, say("say.missing", { what: missing.join(" · ") }));
    const title = this.data.classes.find(([code]) => code === body.class)[2];
    const sent = { ...body, words: body.words || say("photo.words") };
    const done = await enqueue({ title: say("item.report", { what: title }), body: sent, files: this.tray.files, key: this.key, draft: this.draft }, this.page);
    if (done) used(body.class);
    return undefined;
  }
}

/** The first of each branch, then the second of each: a few tiles show what there is. @param {any[][]} leaves */
function mixed(leaves) {
  const seen = new Map();
  const places = leaves.map(([code]) => {
    const branch = code.split(".")[0];
    seen.set(branch, (seen.get(branch) || 0) + 1);
    return seen.get(branch);
  });
  return leaves.map((leaf, n) => [places[n], n, leaf]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((each) => each[2]);
}

/** @param {string[]} list @param {string} code */
const rank = (list, code) => (list.includes(code) ? list.indexOf(code) : list.length);

/** The picture beside the word: the class's own, else that of what it belongs to; a class of one's own may have none.
 * @param {string} code */
function signOf(code) {
  const parts = code.split(".");
  const codes = parts.map((_one, n) => parts.slice(0, parts.length - n).join("."));
  const signs = copy("signs");
  const found = codes.map((one) => signs.querySelector(`[data-sign="${CSS.escape(one)}"]`)).find(Boolean);
  return found ? [...found.childNodes] : [];
}

/** Which kinds one reports most is a matter of habit, not of people: codes alone. @param {string} code */
function used(code) {
  const list = JSON.parse(localStorage.getItem("field-kinds") || "[]").filter((/** @type {string} */ one) => one !== code);
  localStorage.setItem("field-kinds", JSON.stringify([code, ...list].slice(0, TILES)));
}
