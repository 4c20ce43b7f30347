// The sign-up with Solid and nothing else.
import { createSignal, For, Show } from 'solid-js';
import { createStore } from 'solid-js/store';
import { render } from 'solid-js/web';
import { done, review, steps, words } from '../shared/texts.js';
import { empty, problem, problems, send } from '../shared/rules.js';

const pages = [...steps, review, done];

function App() {
  const [answers, setAnswers] = createStore({ ...empty });
  const [tried, setTried] = createStore({});
  const [place, setPlace] = createSignal(0);
  const [faults, setFaults] = createSignal([]);
  const page = () => pages[place()];
  const message = (name) => (tried[name] ? problem(name, answers) : '');
  let heading;
  let box;

  const go = (to, remember = true) => {
    setFaults([]);
    setPlace(to);
    if (remember) history.pushState({ place: to }, '', `#${page().path}`);
    document.title = page().title;
    heading.focus();
  };

  const submit = async (event) => {
    event.preventDefault();
    if (page().fields) {
      for (const { name } of page().fields) setTried(name, true);
      setFaults(problems(page(), answers));
      if (faults().length === 0) return go(place() + 1);
    } else {
      try {
        await send(answers);
        return go(place() + 1);
      } catch {
        setFaults([['root', words.failed]]);
      }
    }
    box.focus();
  };

  addEventListener('popstate', ({ state }) => go(state?.place ?? 0, false));

  const Field = ({ name, label, hint, input }) => {
    const error = () => <Show when={message(name)}><p class="error" id={`${name}-error`}>{message(name)}</p></Show>;
    const classes = () => ({ field: true, check: input.type === 'checkbox', invalid: message(name) !== '' });
    if (input.type === 'checkbox') {
      return (
        <div classList={classes()}>
          {error()}
          <input id={name} name={name} type="checkbox" required checked={answers[name]} onInput={(event) => setAnswers(name, event.target.checked)} aria-invalid={message(name) !== ''} />
          <label for={name}>{label}</label>
        </div>
      );
    }
    return (
      <div classList={classes()}>
        <label for={name}>{label}</label>
        <p class="hint" id={`${name}-hint`}>{hint}</p>
        {error()}
        <input id={name} name={name} {...input} required value={answers[name]} onInput={(event) => setAnswers(name, event.target.value)}
          aria-invalid={message(name) !== ''} aria-describedby={`${message(name) ? `${name}-error ` : ''}${name}-hint`} />
      </div>
    );
  };

  const Answered = () => (
    <dl class="answers">
      <For each={steps}>{(step, index) => (
        <For each={step.fields}>{({ name, label }) => (
          <>
            <dt>{label}</dt>
            <dd>
              {name === 'password' || name === 'terms' ? words.secret : answers[name]}{' '}
              <a href={`#${step.path}`} onClick={(event) => { event.preventDefault(); go(index()); }}>{words.change}</a>
            </dd>
          </>
        )}</For>
      )}</For>
    </dl>
  );

  return (
    <>
      <Show when={faults().length > 0}>
        <div class="error-summary" role="alert" tabindex="-1" ref={box}>
          <h2>{words.summary}</h2>
          <ul><For each={faults()}>{([name, said]) => <li><a href={`#${name}`}>{said}</a></li>}</For></ul>
        </div>
      </Show>
      <h1 tabindex="-1" ref={heading}>{page().title}</h1>
      <Show when={page() !== done} fallback={<p>{done.text}</p>}>
        <form novalidate onSubmit={submit}>
          <Show when={page().fields} fallback={<Answered />}>
            <p class="hint">{words.all}</p>
            <For each={page().fields}>{(field) => <Field {...field} />}</For>
          </Show>
          <div class="actions"><button class="button">{page() === review ? words.send : words.next}</button></div>
        </form>
      </Show>
    </>
  );
}

render(() => <App />, document.getElementById('main'));
