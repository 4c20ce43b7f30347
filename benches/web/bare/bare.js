'use strict';
// The least that a two-step form can be made of: nothing of a portal around it.
const rules = {
  reference: (text) => {
    const digits = text.replace(/\D/g, '').replace(/^0+/, '');
    return digits.length < 6 || digits.length > 10 ? `Il manque des chiffres : vous en avez saisi ${digits.length}.` : '';
  },
  surname: (text) => (text.trim() === '' ? 'Saisissez le nom de famille.' : ''),
  email: (text) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim()) ? '' : 'Saisissez une adresse comme nom@exemple.fr.'),
};
const steps = { 1: ['reference'], 2: ['surname', 'email'] };
const form = document.querySelector('form');
const asked = new Set();
let step = 1;

function check(name) {
  const input = form.elements[name];
  const problem = rules[name](input.value);
  input.setAttribute('aria-invalid', String(problem !== ''));
  document.getElementById(`${name}-error`).textContent = problem;
  return problem === '';
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const wrong = steps[step].filter((name) => {
    asked.add(name);
    return !check(name);
  });
  if (wrong.length > 0) return form.elements[wrong[0]].focus();
  if (step === 2) return;
  form.querySelector(`[data-step="${step}"]`).hidden = true;
  step += 1;
  form.querySelector(`[data-step="${step}"]`).hidden = false;
  form.elements[steps[step][0]].focus();
});
form.addEventListener('input', (event) => {
  if (asked.has(event.target.name)) check(event.target.name);
});
