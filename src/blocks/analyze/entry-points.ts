// The functions, methods and classes that a call at the top of the file can reach: what example calls are written for.
import type { EntryParameter, EntryPoint } from '../analysis.ts';
import type { Run } from '../evaluate/run.ts';
import { TensorValue, UnknownValue, type Value } from '../evaluate/values.ts';
import { mentionedNames } from '../syntax/names-in.ts';
import type { ClassNode, Expression, FunctionNode, Pattern, Program, PropertyKeyNode } from '../syntax/tree.ts';
import { isRanked } from '../shapes/shape.ts';
import type { Location } from '../text/location.ts';

/** In the order of the source. */
export function entryPointsOf(run: Run, program: Program): EntryPoint[] {
  const finder = new EntryPoints(run, program);
  for (const statement of program.body) {
    if (statement.kind === 'function-declaration') finder.addFunction(statement.name, statement.function, statement.start);
    else if (statement.kind === 'class-declaration') finder.addClass(statement.name, statement.class, statement.start);
    else if (statement.kind === 'variable') {
      for (const { target, value } of statement.declarations) if (value) finder.addValue(target, value, statement.start);
    } else if (statement.kind === 'expression' && statement.expression.kind === 'assignment') {
      finder.addValue(statement.expression.target, statement.expression.value, statement.start);
    }
  }
  return finder.found;
}

class EntryPoints {
  readonly found: EntryPoint[] = [];

  constructor(private readonly run: Run, private readonly program: Program) {}

  addValue(target: Pattern, value: Expression, start: number): void {
    if (target.kind !== 'identifier' && target.kind !== 'member') return;
    const name = this.program.text.slice(target.start, target.end);
    if (!/^[\w$]+(\.[\w$]+)*$/.test(name)) return;
    if (value.kind === 'function') this.addFunction(name, value, start);
    else if (value.kind === 'class') this.addClass(name, value, start);
    else if (value.kind === 'call') {
      // `const pair = block('pair', parameters => …)`: the function itself is what there is to call.
      const built = value.arguments.find((argument): argument is FunctionNode => argument.kind === 'function' && this.makesBlocks(argument));
      if (built) this.addFunction(name, built, start);
    } else if (value.kind === 'object') {
      for (const property of value.properties) {
        if (property.kind !== 'property' || property.accessor || property.value.kind !== 'function') continue;
        const key = plainName(property.key);
        if (key !== undefined) this.addFunction(`${name}.${key}`, property.value, property.start);
      }
    }
  }

  private makesBlocks(node: FunctionNode): boolean {
    return this.run.parts.some(({ functions }) => functions.some(made => made.node === node && made.block !== undefined));
  }

  addFunction(name: string, node: FunctionNode, start: number): void {
    if (node.generator) return;
    this.add({ name, at: this.nameOf(node), start, steps: [{ callee: name, parameters: this.parametersOf(node) }] }, node);
  }

  addClass(name: string, node: ClassNode, start: number): void {
    // What TensorFlow.js calls itself needs no example.
    if (node.superclass && /Layer$/.test(this.program.text.slice(node.superclass.start, node.superclass.end))) return;
    const { constructorNode } = node;
    const make = { callee: `new ${name}`, parameters: constructorNode ? this.parametersOf(constructorNode) : [] };
    if (constructorNode) this.add({ name, at: this.nameOf(node), start, steps: [make] }, constructorNode, node);
    for (const member of node.members) {
      const key = plainName(member.key);
      if (member.kind !== 'method' || key === undefined || member.value?.kind !== 'function' || member.value.generator) continue;
      const call = { callee: member.static ? `${name}.${key}` : `.${key}`, parameters: this.parametersOf(member.value) };
      this.add({ name: `${name}.${key}`, at: this.nameOf(member.value), start: member.start, steps: member.static ? [call] : [make, call] }, member.value);
    }
  }

  private add({ name, at, start, steps }: Omit<EntryPoint, 'needsExample' | 'examples'>, node: FunctionNode, cls?: ClassNode): void {
    const { uncalled } = this.run;
    const found = uncalled.get(node);
    // What is not followed as far as its layers may make them all the same.
    const makesLayers = found !== undefined && (found.makesLayers || mentionedNames(node.body).has('layers'));
    const examples = this.examplesOf(cls ?? node);
    this.found.push({ name, at, start, steps, needsExample: makesLayers && examples.length === 0 && steps.some(({ parameters }) => parameters.length > 0), examples });
  }

  private examplesOf(node: FunctionNode | ClassNode): readonly Location[] {
    const { exampleCalls } = this.run;
    return exampleCalls.length === 0 ? [] : exampleCalls.filter(({ target }) => target === node).map(({ argumentsAt }) => argumentsAt);
  }

  /**
   * Where the other lines above a function are put as well, so that they come in one order. (A method and not a field with a
   * function: measured with one, each version of a file outlived V8's collections of young objects, with all that it had built.)
   */
  private nameOf({ nameStart, nameEnd }: FunctionNode | ClassNode): Location {
    return { file: this.program.file, start: nameStart, end: nameEnd };
  }

  private parametersOf(node: FunctionNode): EntryParameter[] {
    const args = this.run.uncalled.get(node)?.args ?? [];
    return node.parameters.filter(({ rest }) => !rest).map(({ pattern, type, fallback }, i) => this.parameterOf(pattern, type, fallback, args[i]));
  }

  private parameterOf(pattern: Pattern, type: string | undefined, fallback: Expression | undefined, value: Value): EntryParameter {
    const tensor = value instanceof UnknownValue ? value.tensor : value instanceof TensorValue ? value : undefined;
    const parameter: { -readonly [Key in keyof EntryParameter]: EntryParameter[Key] } = {};
    if (pattern.kind === 'identifier') parameter.name = pattern.name;
    if (type !== undefined) parameter.type = type;
    if (fallback) parameter.fallback = this.program.text.slice(fallback.start, fallback.end);
    if (tensor && isRanked(tensor.shape)) parameter.rank = tensor.shape.length;
    if (pattern.kind === 'object-pattern') parameter.properties = this.propertiesOf(pattern, value);
    return parameter;
  }

  private propertiesOf(pattern: Extract<Pattern, { kind: 'object-pattern' }>, value: Value): EntryParameter[] {
    return pattern.properties.flatMap(({ key, target, fallback, rest }) => {
      const name = key ? plainName(key) : undefined;
      if (rest || name === undefined) return [];
      return [{ ...this.parameterOf(target, undefined, fallback, value instanceof UnknownValue ? value.member(name) : undefined), name }];
    });
  }
}

const plainName = (key: PropertyKeyNode): string | undefined => ('name' in key && /^[A-Za-z_$][\w$]*$/.test(key.name) ? key.name : undefined);
