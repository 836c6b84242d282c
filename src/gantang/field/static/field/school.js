// The school: courses and lessons that open with no signal, and an exam that is gone on with where one left it.
import { call, post } from "./calls.js";
import { day } from "./day.js";
import { copy, fill, make, put, say, shown, slot } from "./dom.js";
import * as forms from "./forms.js";
import { complain, enqueue } from "./hand.js";
import * as queue from "./queue.js";
import { keepSealed, keptSealed } from "./seal.js";
import { isFull } from "./storage.js";

const SHELF = "school";
const ANSWERS = "answers";

/** The newest, kept; null with no signal. @returns {Promise<any>} */
async function fetched() {
  try {
    const { status, body } = await call("/field/school.json");
    if (status !== 200) return null;
    await keepSealed(SHELF, body);
    return body;
  } catch (_error) {
    return null;
  }
}

/** What is here at once, and what is newer when it comes. @param {HTMLElement} root @param {string[]} args course */
export async function show(root, [number]) {
  const held = await keptSealed(SHELF);
  if (held) await drawn(root, number, held);
  else list(root, null, navigator.onLine);
  fetched().then((newer) => {
    const differs = newer ? !held || said(newer) !== said(held) : !held;
    if (differs && root.isConnected) drawn(root, number, newer);
  });
}

const said = (/** @type {any} */ { courses, papers }) => JSON.stringify([courses, papers]);

/** @param {HTMLElement} root @param {string|undefined} number @param {any} held */
function drawn(root, number, held) {
  const course = held && held.courses.find((/** @type {any} */ one) => String(one.id) === number);
  return course ? lessons(root, course) : list(root, held);
}

/** @param {HTMLElement} root @param {any} held @param {boolean} [coming] for the first time, from the server */
function list(root, held, coming = false) {
  const page = copy("school");
  const { courses, papers } = held || { courses: [], papers: [] };
  shown(page, { courses: courses.length, papers: papers.length, empty: held && !courses.length, never: !held && !coming, coming });
  slot(page, "courses").append(...courses.map(line));
  slot(page, "papers").append(...papers.map(paper));
  fill(root, page);
}

/** @param {any} one */
function line(one) {
  const item = copy("course");
  item.querySelector("a").href = `#school/${one.id}`;
  put(item, { title: one.title, note: one.figures, left: one.exam ? say("exam.open") : "" });
  return item;
}

/** @param {any} one */
function paper(one) {
  const item = copy("paper");
  put(item, { title: one.title, note: one.until });
  return item;
}

/** @param {HTMLElement} root @param {any} course */
async function lessons(root, course) {
  const page = copy("lessons");
  put(page, { title: course.title, figures: course.figures, about: course.about, exam: say(course.exam ? "exam.on" : "exam.begin") });
  slot(page, "lessons").append(...course.lessons.map(lesson));
  const waits = course.exam && (await waiting(course.exam.id));
  shown(page, { waits, begin: !waits });
  page.querySelector("[data-exam]").addEventListener("click", () => begin(page, course));
  fill(root, page);
}

/** @param {any} one */
function lesson(one) {
  const made = copy("lesson");
  put(made, { title: one.title });
  slot(made, "text").append(...one.text.split(/\n+/).map((/** @type {string} */ each) => make("p", {}, each)));
  return made;
}

/** Whether an exam's answers are in the queue. @param {string} exam */
const waiting = async (exam) =>
  queue.unsent(await queue.all(day().me.account)).some((item) => item.body.exam === exam && item.state === "waiting");

/** An exam is drawn by the server; one that was drawn is here. @param {HTMLElement} page @param {any} course */
async function begin(page, course) {
  let { exam: open } = course;
  if (!open) {
    const { status, body } = await post(`/field/exams/${course.id}`, {}).catch(() => ({ status: 0, body: null }));
    if (status !== 200) return complain(page, body ? `${body.sentence} ${body.remedy}` : say("offline"));
    open = body;
    await fetched();
  }
  location.hash = `#exam/${open.id}`;
  return undefined;
}

/** @param {HTMLElement} root @param {string[]} args exam, key of answers that were not taken */
export async function exam(root, [id, key]) {
  const held = await keptSealed(SHELF);
  const course = held && held.courses.find((/** @type {any} */ one) => one.exam && one.exam.id === id);
  if (!course) return drawn(root, undefined, held);
  const page = copy("exam");
  const place = slot(page, "fields");
  put(page, { title: course.title, figures: course.figures });
  const before = (await keptSealed(ANSWERS)) || {};
  const chosen = before[course.exam.id] || {};
  forms.into(place, course.exam.fields, chosen, {});
  told(page, chosen);
  const keep = keeper(page, (/** @type {any} */ answers) => ({ ...before, [course.exam.id]: answers }));
  page.addEventListener("change", () => keep(forms.read(place, course.exam.fields).answers));
  page.addEventListener("submit", (event) => { event.preventDefault(); handIn(page, course, key); });
  return fill(root, page);
}

/** Written one after the other, so that the last choice is what stays. @param {HTMLElement} page @param {any} whole */
function keeper(page, whole) {
  let last = Promise.resolve();
  return (/** @type {any} */ answers) => {
    last = last.then(() => keepSealed(ANSWERS, whole(answers))).then(
      () => { told(page, answers); complain(page, ""); },
      (error) => complain(page, isFull(error) ? say("exam.unkept") : String(error.message)),
    );
  };
}

/** How many answers are safe on the phone. @param {HTMLElement} page @param {any} answers */
function told(page, answers) {
  const { length: n } = Object.keys(answers);
  put(page, { kept: n ? say("exam.kept", { n }) : "" });
}

/** @param {HTMLElement} page @param {any} course @param {string} [key] */
async function handIn(page, course, key) {
  const { answers, missing } = forms.read(slot(page, "fields"), course.exam.fields);
  if (missing.length) return complain(page, say("say.unanswered", { n: missing.length, what: missing[0] }));
  const given = Object.fromEntries(Object.entries(answers).map(([name, chosen]) => [name, [chosen].flat().map(Number)]));
  const body = { kind: "exam", exam: course.exam.id, given };
  await enqueue({ title: say("item.exam", { what: course.title }), body, files: [], key }, page);
  return undefined;
}
