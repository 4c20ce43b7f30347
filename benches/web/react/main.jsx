// The sign-up as it is usually written today: React, react-router, react-hook-form, zod.
import { zodResolver } from '@hookform/resolvers/zod';
import { createContext, StrictMode, useContext, useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { useForm } from 'react-hook-form';
import { createHashRouter, RouterProvider, useNavigate } from 'react-router';
import { z } from 'zod';
import { done, review, steps, words } from '../shared/texts.js';
import { empty, problem, send } from '../shared/rules.js';

const Answers = createContext();

const schema = (step, others) =>
  z.object(Object.fromEntries(step.fields.map(({ name, input }) => [name, input.type === 'checkbox' ? z.boolean() : z.string()]))).superRefine((values, context) => {
    for (const { name } of step.fields) {
      const message = problem(name, { ...others, ...values });
      if (message) context.addIssue({ code: 'custom', path: [name], message });
    }
  });

function Title({ children }) {
  const heading = useRef();
  useEffect(() => {
    document.title = children;
    heading.current.focus();
  }, [children]);
  return <h1 ref={heading} tabIndex={-1}>{children}</h1>;
}

function Field({ field: { name, label, hint, input }, form }) {
  const error = form.formState.errors[name];
  const { inputmode: inputMode, autocomplete: autoComplete, type } = input;
  const typed = (
    <input id={name} type={type} inputMode={inputMode} autoComplete={autoComplete} required {...form.register(name)} aria-invalid={error !== undefined}
      aria-describedby={`${error ? `${name}-error ` : ''}${name}-hint`} />
  );
  if (type === 'checkbox') {
    return <div className={`field check${error ? ' invalid' : ''}`}>{error && <p className="error" id={`${name}-error`}>{error.message}</p>}{typed}<label htmlFor={name}>{label}</label></div>;
  }
  return (
    <div className={`field${error ? ' invalid' : ''}`}>
      <label htmlFor={name}>{label}</label>
      <p className="hint" id={`${name}-hint`}>{hint}</p>
      {error && <p className="error" id={`${name}-error`}>{error.message}</p>}
      {typed}
    </div>
  );
}

function Summary({ faults }) {
  const box = useRef();
  useEffect(() => box.current?.focus(), [faults]);
  return (
    <div className="error-summary" role="alert" tabIndex={-1} ref={box}>
      <h2>{words.summary}</h2>
      <ul>{faults.map(([name, message]) => <li key={name}><a href={`#${name}`}>{message}</a></li>)}</ul>
    </div>
  );
}

function Step({ step, next }) {
  const { answers, keep } = useContext(Answers);
  const navigate = useNavigate();
  const [faults, setFaults] = useState();
  const form = useForm({ resolver: zodResolver(schema(step, answers)), defaultValues: answers, shouldFocusError: false });
  const right = (values) => {
    keep(values);
    navigate(`/${next}`);
  };
  const wrong = (errors) => setFaults(step.fields.filter(({ name }) => errors[name]).map(({ name }) => [name, errors[name].message]));
  return (
    <>
      {faults && <Summary faults={faults} />}
      <Title>{step.title}</Title>
      <form noValidate onSubmit={form.handleSubmit(right, wrong)}>
        <p className="hint">{words.all}</p>
        {step.fields.map((field) => <Field key={field.name} field={field} form={form} />)}
        <div className="actions"><button className="button">{words.next}</button></div>
      </form>
    </>
  );
}

function Review() {
  const { answers } = useContext(Answers);
  const navigate = useNavigate();
  const [failed, setFailed] = useState(false);
  const submit = (event) => {
    event.preventDefault();
    send(answers).then(() => navigate(`/${done.path}`), () => setFailed(true));
  };
  return (
    <>
      {failed && <Summary faults={[['root', words.failed]]} />}
      <Title>{review.title}</Title>
      <form onSubmit={submit}>
        <dl className="answers">
          {steps.flatMap((step) => step.fields.map(({ name, label }) => [
            <dt key={label}>{label}</dt>,
            <dd key={name}>{name === 'password' || name === 'terms' ? words.secret : answers[name]} <a href={`#/${step.path}`}>{words.change}</a></dd>,
          ]))}
        </dl>
        <div className="actions"><button className="button">{words.send}</button></div>
      </form>
    </>
  );
}

const Done = () => <><Title>{done.title}</Title><p>{done.text}</p></>;

const router = createHashRouter([
  ...steps.map((step, index) => ({ path: `/${step.path}`, element: <Step key={step.path} step={step} next={(steps[index + 1] ?? review).path} /> })),
  { path: `/${review.path}`, element: <Review /> },
  { path: `/${done.path}`, element: <Done /> },
]);

function App() {
  const [answers, setAnswers] = useState(empty);
  return <Answers value={{ answers, keep: (values) => setAnswers((before) => ({ ...before, ...values })) }}><RouterProvider router={router} /></Answers>;
}

createRoot(document.getElementById('main')).render(<StrictMode><App /></StrictMode>);
