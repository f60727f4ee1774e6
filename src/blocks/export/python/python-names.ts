// Names for Python: what a program or a block is called never becomes anything but a name.

/** Words of the language, and what exported text uses itself. */
const reserved: readonly string[] = (
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise '
  + 'return try while with yield self super float range print torch nn F keras layers ops inputs outputs x y z u v w'
).split(' ');

/** What every `nn.Module` has already: a layer of such a name would take its place. */
const ofModules: readonly string[] = (
  'T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval extra_repr float forward get_buffer get_extra_state '
  + 'get_parameter get_submodule half ipu load_state_dict modules mtia named_buffers named_children named_modules named_parameters parameters register_backward_hook '
  + 'register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook '
  + 'register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state '
  + 'set_submodule share_memory state_dict to to_empty train training type xpu zero_grad'
).split(' ');

/** `convNormAct` → `conv_norm_act`, `ConvNeXt_Tiny` → `convnext_tiny`; other than letters, digits and underscores nothing is left of it. */
export function snakeCase(name: string): string {
  const words = /^[A-Z]/.test(name) ? name.toLowerCase() : name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2').toLowerCase();
  const plain = words.replace(/[^a-z0-9_]+/g, '_').replace(/^_+|_+$/g, '');
  return plain === '' ? 'block' : /^\d/.test(plain) ? `block_${plain}` : plain;
}

/** `convNormAct` → `ConvNormAct`. */
export function pascalCase(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter(word => word !== '').map(word => word[0]!.toUpperCase() + word.slice(1)).join('');
  return words === '' ? 'Block' : /^\d/.test(words) ? `Block${words}` : words;
}

/** Names of one scope, each given once. */
export class PythonNames {
  private readonly taken: Set<string>;
  private readonly counts = new Map<string, number>();

  constructor(more: readonly string[] = []) {
    this.taken = new Set([...reserved, ...more]);
  }

  static ofModule(): PythonNames {
    return new PythonNames(ofModules);
  }

  /** The name as it is where it is free, else with a number behind it, beginning with 2. */
  take(wanted: string): string {
    return this.isFree(wanted) ? this.keep(wanted) : this.numbered(wanted, 2);
  }

  /** With a number behind it in any case, beginning with 1. */
  takeNumbered(wanted: string): string {
    return this.numbered(wanted, 1);
  }

  /** Names that mean something else in the scope. */
  reserve(names: Iterable<string>): void {
    for (const name of names) this.taken.add(name);
  }

  isFree(name: string): boolean {
    return !this.taken.has(name);
  }

  private numbered(wanted: string, first: number): string {
    let count = this.counts.get(wanted) ?? first;
    const separator = /^[A-Z]/.test(wanted) ? '' : '_';
    while (this.taken.has(`${wanted}${separator}${count}`)) count++;
    this.counts.set(wanted, count + 1);
    return this.keep(`${wanted}${separator}${count}`);
  }

  private keep(name: string): string {
    this.taken.add(name);
    return name;
  }
}
