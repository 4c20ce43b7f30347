// The sign-up by hand: no library, no build but putting three files into one. The first page is in the HTML already.
import { done, review, steps, words } from '../shared/texts.js';
import { empty, problem, problems, send } from '../shared/rules.js';

const pages = [...steps, review, done];
const answers = { ...empty };
const tried = new Set();
let place = 0;

const make = (tag, values = {}, ...inside) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(values)) if (value !== false && value !== undefined) made.setAttribute(name, value === true ? '' : value);
  made.append(...inside);
  return made;
};
const main = document.getElementById('main');
const root = make('div', { id: 'root' });
const form = main.querySelector('form');

function field({ name, label, hint, input }) {
  const typed = make('input', { id: name, name, required: true, ...input, 'aria-describedby': `${name}-hint` });
  if (input.type === 'checkbox') {
    typed.checked = answers[name];
    return make('div', { class: 'field check' }, typed, make('label', { for: name }, label));
  }
  typed.value = answers[name];
  return make('div', { class: 'field' }, make('label', { for: name }, label), make('p', { class: 'hint', id: `${name}-hint` }, hint), typed);
}

function mark(name, message) {
  const input = document.getElementById(name);
  document.getElementById(`${name}-error`)?.remove();
  input.setAttribute('aria-invalid', String(message !== ''));
  input.closest('.field').classList.toggle('invalid', message !== '');
  if (message === '') return;
  input.before(make('p', { class: 'error', id: `${name}-error` }, message));
  input.setAttribute('aria-describedby', `${name}-error ${name}-hint`);
}

function summary(wrong) {
  document.querySelector('.error-summary')?.remove();
  if (wrong.length === 0) return;
  const list = make('ul', {}, ...wrong.map(([name, message]) => make('li', {}, make('a', { href: `#${name}` }, message))));
  const box = make('div', { class: 'error-summary', role: 'alert', tabindex: '-1' }, make('h2', {}, words.summary), list);
  main.prepend(box);
  box.focus();
}

async function submit(event) {
  event.preventDefault();
  const step = steps[place];
  if (step) {
    for (const { name } of step.fields) tried.add(name);
    const wrong = problems(step, answers);
    for (const { name } of step.fields) mark(name, problem(name, answers));
    summary(wrong);
    if (wrong.length === 0) go(place + 1);
    return;
  }
  try {
    await send(answers);
    go(place + 1);
  } catch {
    summary([['root', words.failed]]);
  }
}

function go(to, remember = true) {
  place = to;
  const page = pages[place];
  if (remember) history.pushState({ place }, '', `#${page.path}`);
  const title = make('h1', { tabindex: '-1' }, page.title);
  const content = make('form', { novalidate: true });
  if (page.fields) content.append(make('p', { class: 'hint' }, words.all), ...page.fields.map(field));
  if (page === review) content.append(answered());
  if (page !== done) content.append(make('div', { class: 'actions' }, make('button', { class: 'button' }, page === review ? words.send : words.next)));
  content.addEventListener('submit', submit);
  root.replaceChildren(title, page === done ? make('p', {}, done.text) : content);
  if (!root.isConnected) main.replaceChildren(root);
  document.querySelector('.error-summary')?.remove();
  document.title = page.title;
  title.focus();
}

function answered() {
  const list = make('dl', { class: 'answers' });
  steps.forEach((step, index) => {
    for (const { name, label } of step.fields) {
      const link = make('a', { href: `#${step.path}` }, words.change);
      link.addEventListener('click', (event) => {
        event.preventDefault();
        go(index);
      });
      const said = name === 'password' || name === 'terms' ? words.secret : answers[name];
      list.append(make('dt', {}, label), make('dd', {}, said, ' ', link));
    }
  });
  return list;
}

main.addEventListener('input', ({ target }) => {
  answers[target.name] = target.type === 'checkbox' ? target.checked : target.value;
  if (tried.has(target.name)) mark(target.name, problem(target.name, answers));
});
addEventListener('popstate', ({ state }) => go(state?.place ?? 0, false));
form.addEventListener('submit', submit);
// What was typed before this ran.
for (const input of form.elements) if (input.name) answers[input.name] = input.value;
