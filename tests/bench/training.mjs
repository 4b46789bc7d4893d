// Steps a second while networks learn, against PyTorch, NumPy and, if it is given, TensorFlow Playground's own code:
//
//   node tests/bench/training.mjs [path of Playground's src/nn.ts]

import { startServer } from './server.mjs';

const server = await startServer();
try {
  const { measureTraining } = await server.load('/tests/bench/measureTraining.ts');
  const [playground] = process.argv.slice(2);
  const nn = playground ? await server.load(`/@fs${playground}`) : null;
  await measureTraining(nn);
} finally {
  await server.close();
}
