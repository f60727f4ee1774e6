// A classifier for handwritten digits, the way most people begin: one layer after the other.
//
// Every line that makes a layer shows the shape that comes out of it and the number of its parameters. Hover over a
// layer's name for the arithmetic behind them, or choose Profile above the model to run it on your GPU.
import * as tf from '@tensorflow/tfjs';

const IMAGE_SIZE = 28;
const CLASSES = 10;

const model = tf.sequential();

model.add(tf.layers.conv2d({
  inputShape: [IMAGE_SIZE, IMAGE_SIZE, 1],
  filters: 16,
  kernelSize: 5,
  activation: 'relu',
}));
model.add(tf.layers.maxPooling2d({ poolSize: 2 }));

model.add(tf.layers.conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }));
model.add(tf.layers.maxPooling2d({ poolSize: 2 }));

model.add(tf.layers.flatten());
model.add(tf.layers.dropout({ rate: 0.25 }));
model.add(tf.layers.dense({ units: 64, activation: 'relu' }));
model.add(tf.layers.dense({ units: CLASSES, activation: 'softmax' }));

model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });

export default model;
