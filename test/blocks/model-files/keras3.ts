// A topology that TensorFlow.js saved, in the spelling of Keras 3: modules, policies for data types, and tensors with their history.

interface SavedLayer {
  readonly class_name: string;
  readonly name: string;
  readonly config: Record<string, unknown>;
  readonly inbound_nodes: readonly (readonly (readonly [string, number, number])[])[];
}

interface Topology {
  readonly config: { readonly name: string; readonly layers: readonly SavedLayer[]; readonly input_layers: unknown; readonly output_layers: unknown };
}

export function asKeras3(topology: object): object {
  const { config } = topology as Topology;
  return {
    module: 'keras.src.models.functional', class_name: 'Functional', registered_name: 'Functional',
    config: { name: config.name, trainable: true, layers: config.layers.map(asLayer), input_layers: config.input_layers, output_layers: config.output_layers },
  };
}

function asLayer({ class_name, name, config, inbound_nodes }: SavedLayer): object {
  const { batch_input_shape, ...rest } = config;
  const dtype = { module: 'keras', class_name: 'DTypePolicy', config: { name: 'float32' }, registered_name: null };
  return {
    module: 'keras.layers', class_name, registered_name: null, name,
    config: class_name === 'InputLayer' ? { ...rest, batch_shape: batch_input_shape, dtype: 'float32' } : { ...rest, dtype },
    inbound_nodes: inbound_nodes.map(call => {
      const tensors = call.map(([layer, node, tensor]) => ({ class_name: '__keras_tensor__', config: { dtype: 'float32', keras_history: [layer, node, tensor] } }));
      return { args: tensors.length === 1 ? tensors : [tensors], kwargs: { training: null } };
    }),
  };
}
