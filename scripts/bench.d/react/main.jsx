// The floor's form as it is usually written today: React, react-hook-form, zod.
import { zodResolver } from '@hookform/resolvers/zod';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { useForm } from 'react-hook-form';
import { z } from 'zod';

const digits = (text) => text.replace(/\D/g, '').replace(/^0+/, '');
const steps = [
  z.object({
    reference: z.string().superRefine((text, context) => {
      const { length } = digits(text);
      if (length < 6 || length > 10) {
        context.addIssue({ code: 'custom', message: `Il manque des chiffres : vous en avez saisi ${length}.` });
      }
    }),
  }),
  z.object({
    surname: z.string().trim().min(1, 'Saisissez le nom de famille.'),
    email: z.email('Saisissez une adresse comme nom@exemple.fr.'),
  }),
];

function Field({ name, label, hint, form, ...input }) {
  const error = form.formState.errors[name];
  return (
    <>
      <label htmlFor={name}>{label}</label>
      {hint && <p className="hint" id={`${name}-hint`}>{hint}</p>}
      <input id={name} {...input} {...form.register(name)} aria-invalid={error !== undefined} aria-describedby={`${name}-error`} />
      <p className="error" id={`${name}-error`}>{error?.message}</p>
    </>
  );
}

function Reference({ next }) {
  const form = useForm({ resolver: zodResolver(steps[0]), defaultValues: { reference: '' } });
  return (
    <form noValidate onSubmit={form.handleSubmit(next)}>
      <Field form={form} name="reference" label="Référence client" inputMode="numeric" autoComplete="off"
        hint="De 6 à 10 chiffres, sans compter les zéros du début. Exemple : 4821730" />
      <button>Continuer</button>
    </form>
  );
}

function Signatory({ next }) {
  const form = useForm({ resolver: zodResolver(steps[1]), defaultValues: { surname: '', email: '' } });
  return (
    <form noValidate onSubmit={form.handleSubmit(next)}>
      <Field form={form} name="surname" label="Nom de famille du signataire principal" autoComplete="family-name" />
      <Field form={form} name="email" label="Adresse e-mail" type="email" autoComplete="email" />
      <button>Continuer</button>
    </form>
  );
}

function App() {
  const [step, setStep] = useState(0);
  return (
    <>
      <header>Habitat des Rives</header>
      <main>
        <h1>Votre référence client</h1>
        <p>Créez votre compte en deux étapes.</p>
        {step === 0 ? <Reference next={() => setStep(1)} /> : <Signatory next={() => undefined} />}
      </main>
    </>
  );
}

createRoot(document.getElementById('root')).render(<StrictMode><App /></StrictMode>);
