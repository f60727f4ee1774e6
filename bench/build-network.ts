// Builds a network with TensorFlow.js.
import { pathToFileURL } from 'node:url';
import { answerTurns } from './turns.ts';

const [script, name] = process.argv.slice(2) as [string, string];
const { resNet50, efficientNetB0 } = await import(pathToFileURL(script).href) as Record<string, (...args: unknown[]) => { countParams(): number; dispose(): void }>;

answerTurns(() => {
  const model = name === 'resnet50' ? resNet50!([224, 224, 3], 1000) : efficientNetB0!(1000);
  const params = model.countParams();
  model.dispose();
  return { params };
}, built => built);
