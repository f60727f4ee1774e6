// Reads Python back: the small part of the language that exports are written in, over the tree of a real grammar.
import assert from 'node:assert/strict';
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';

/** Whatever an expression gives: numbers, texts, lists, functions, and what a framework's stand-in has of its own. */
export type Value = unknown;
export type Keywords = Readonly<Record<string, Value>>;
export type Callable = (given: readonly Value[], keywords: Keywords) => Value;
type Scope = Map<string, Value>;

/** `from:to` in a subscript. */
export class Slice {
  constructor(readonly from: number | undefined, readonly to: number | undefined) {}
}
export const ellipsis = Symbol('...');

/** What a framework does with values of its own. */
export interface Framework {
  readonly names: Readonly<Record<string, Value>>;
  member(value: Value, name: string): Value;
  binary(operator: string, left: Value, right: Value): Value;
  item(value: Value, indices: readonly Value[]): Value;
  /** Classes and functions that the text brings along and the framework's stand-in knows itself. */
  readonly helpers: Readonly<Record<string, Callable>>;
}

/** An object of a class of the text. */
export class Instance {
  readonly fields = new Map<string, Value>();
  constructor(readonly methods: ReadonlyMap<string, Callable>) {}
}

class Returned {
  constructor(readonly value: Value) {}
}

export function parsePython(code: string): SyntaxNode {
  const tree = parser.parse(code);
  const errors: string[] = [];
  tree.iterate({ enter: node => { if (node.type.isError) errors.push(code.slice(Math.max(0, node.from - 40), node.to + 40)); } });
  assert.deepEqual(errors, [], 'the text is no Python');
  return tree.topNode;
}

/** The classes and functions of a text. */
export function runModule(code: string, framework: Framework): ReadonlyMap<string, Callable> {
  const run = new Run(code, framework);
  run.block(parsePython(code), run.globals);
  return run.globals as ReadonlyMap<string, Callable>;
}

export const call = (callable: Value, given: readonly Value[], keywords: Keywords = {}): Value => {
  if (callable instanceof Instance) return callable.methods.get('forward')!([callable, ...given], keywords);
  assert.equal(typeof callable, 'function', `${String(callable)} cannot be called`);
  return (callable as Callable)(given, keywords);
};

const childrenOf = (node: SyntaxNode): SyntaxNode[] => {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name !== 'Comment') children.push(child);
  return children;
};

const punctuation = new Set(['(', ')', '[', ']', ',', ':', '.', '"', 'def', 'class', 'for', 'in', 'return', 'import', 'from']);

class Run {
  readonly globals: Scope = new Map<string, Value>([
    ['range', (([count]) => Array.from({ length: count as number }, (_, i) => i)) as Callable],
    ['float', (([text]) => (text === '-inf' ? -Infinity : assert.fail(`float(${String(text)})`))) as Callable],
    ['super', (() => new Map<string, Value>([['__init__', () => null]])) as Callable],
  ]);

  constructor(private readonly code: string, private readonly framework: Framework) {}

  block(node: SyntaxNode, scope: Scope): Returned | undefined {
    for (const child of childrenOf(node)) {
      const returned = punctuation.has(child.name) ? undefined : this.statement(child, scope);
      if (returned) return returned;
    }
    return undefined;
  }

  private statement(node: SyntaxNode, scope: Scope): Returned | undefined {
    switch (node.name) {
      case 'ImportStatement': {
        const words = childrenOf(node);
        const from = words[0]!.name === 'from';
        for (const word of words.slice(from ? 3 : 1)) if (word.name === 'VariableName') this.import(this.text(word), scope);
        return undefined;
      }
      case 'ExpressionStatement': for (const child of childrenOf(node)) this.expression(child, scope); return undefined;
      case 'DecoratedStatement': return this.statement(childrenOf(node).at(-1)!, scope);
      case 'ClassDefinition': this.define(node, scope, body => this.classOf(body)); return undefined;
      case 'FunctionDefinition': this.define(node, scope, () => this.functionOf(node)); return undefined;
      case 'AssignStatement': this.assign(node, scope); return undefined;
      case 'ReturnStatement': return new Returned(this.listed(childrenOf(node).slice(1), scope));
      case 'ForStatement': {
        const [, variable, , iterated, body] = childrenOf(node);
        for (const value of this.expression(iterated!, scope) as readonly Value[]) {
          scope.set(this.text(variable!), value);
          const returned = this.block(body!, scope);
          if (returned) return returned;
        }
        return undefined;
      }
      default: return assert.fail(`a statement that exports do not use: ${node.name}`);
    }
  }

  private import(name: string, scope: Scope): void {
    assert.ok(Object.hasOwn(this.framework.names, name), `nothing is called ${name}`);
    scope.set(name, this.framework.names[name]);
  }

  private define(node: SyntaxNode, scope: Scope, make: (body: SyntaxNode) => Value): void {
    const name = this.text(node.getChild('VariableName')!);
    assert.ok(!scope.has(name), `${name} is defined twice`);
    scope.set(name, Object.hasOwn(this.framework.helpers, name) ? this.framework.helpers[name] : make(node.getChild('Body')!));
  }

  private classOf(body: SyntaxNode): Callable {
    const methods = new Map<string, Callable>();
    for (const method of body.getChildren('FunctionDefinition')) methods.set(this.text(method.getChild('VariableName')!), this.functionOf(method));
    return (given, keywords) => {
      const instance = new Instance(methods);
      methods.get('__init__')?.([instance, ...given], keywords);
      return instance;
    };
  }

  private functionOf(node: SyntaxNode): Callable {
    const parameters: { readonly name: string; fallback?: Value }[] = [];
    const listed = childrenOf(node.getChild('ParamList')!);
    listed.forEach((child, i) => {
      if (child.name === 'VariableName' && listed[i - 1]?.name !== 'AssignOp') parameters.push({ name: this.text(child) });
      else if (listed[i - 1]?.name === 'AssignOp') parameters.at(-1)!.fallback = this.expression(child, this.globals);
    });
    assert.equal(new Set(parameters.map(({ name }) => name)).size, parameters.length, 'a parameter is there twice');
    return (given, keywords) => {
      assert.ok(given.length <= parameters.length, 'too many arguments');
      const scope: Scope = new Map(this.globals);
      parameters.forEach((parameter, i) => {
        const named = Object.hasOwn(keywords, parameter.name);
        assert.ok(!(named && i < given.length), `${parameter.name} is given twice`);
        assert.ok(named || i < given.length || 'fallback' in parameter, `${parameter.name} is not given`);
        scope.set(parameter.name, named ? keywords[parameter.name] : i < given.length ? given[i] : parameter.fallback);
      });
      for (const name of Object.keys(keywords)) assert.ok(parameters.some(parameter => parameter.name === name), `there is no parameter ${name}`);
      return this.block(node.getChild('Body')!, scope)?.value ?? null;
    };
  }

  private assign(node: SyntaxNode, scope: Scope): void {
    const children = childrenOf(node);
    const at = children.findIndex(({ name }) => name === 'AssignOp');
    const value = this.listed(children.slice(at + 1), scope);
    const targets = children.slice(0, at).filter(({ name }) => name !== ',');
    if (targets.length === 1) return this.assignTo(targets[0]!, value, scope);
    assert.equal((value as readonly Value[]).length, targets.length, 'as many values as variables');
    targets.forEach((target, i) => this.assignTo(target, (value as readonly Value[])[i], scope));
  }

  private assignTo(target: SyntaxNode, value: Value, scope: Scope): void {
    if (target.name === 'VariableName') {
      scope.set(this.text(target), value);
      return;
    }
    const [object, , name] = childrenOf(target);
    const instance = this.expression(object!, scope);
    assert.ok(instance instanceof Instance, 'only layers are kept');
    assert.ok(!instance.fields.has(this.text(name!)), `${this.text(name!)} is set twice`);
    instance.fields.set(this.text(name!), value);
  }

  /** One value, or a tuple where commas stand between several. */
  private listed(nodes: readonly SyntaxNode[], scope: Scope): Value {
    const values = nodes.filter(({ name }) => name !== ',').map(node => this.expression(node, scope));
    return values.length === 1 ? values[0] : values;
  }

  private expression(node: SyntaxNode, scope: Scope): Value {
    const text = this.text(node);
    switch (node.name) {
      case 'Number': return Number(text);
      case 'Boolean': return text === 'True';
      case 'None': return null;
      case 'Ellipsis': return ellipsis;
      case 'String': return text.startsWith('"""') ? text.slice(3, -3) : JSON.parse(text);
      case 'VariableName': assert.ok(scope.has(text), `there is no ${text}`); return scope.get(text);
      case 'ParenthesizedExpression': return this.expression(childrenOf(node)[1]!, scope);
      case 'TupleExpression':
      case 'ArrayExpression': return childrenOf(node).filter(({ name }) => !punctuation.has(name)).map(child => this.expression(child, scope));
      case 'UnaryExpression': return -(this.expression(childrenOf(node)[1]!, scope) as number);
      case 'BinaryExpression': {
        const [left, operator, right] = childrenOf(node);
        return this.framework.binary(this.text(operator!), this.expression(left!, scope), this.expression(right!, scope));
      }
      case 'MemberExpression': return this.member(node, scope);
      case 'ComprehensionExpression': {
        const [, element, , variable, , iterated] = childrenOf(node);
        return (this.expression(iterated!, scope) as readonly Value[]).map(value => this.expression(element!, new Map([...scope, [this.text(variable!), value]])));
      }
      case 'CallExpression': {
        const [callee, list] = childrenOf(node);
        const { given, keywords } = this.arguments(list!, scope);
        return call(this.expression(callee!, scope), given, keywords);
      }
      default: return assert.fail(`an expression that exports do not use: ${node.name} ${text}`);
    }
  }

  private member(node: SyntaxNode, scope: Scope): Value {
    const children = childrenOf(node);
    const object = this.expression(children[0]!, scope);
    if (children[1]!.name === '.') {
      const name = this.text(children[2]!);
      if (object instanceof Map) return object.get(name);
      if (object instanceof Instance && name === 'requires_grad_') return () => object;
      if (object instanceof Instance) assert.ok(object.fields.has(name), `there is no layer ${name}`);
      return object instanceof Instance ? object.fields.get(name) : this.framework.member(object, name);
    }
    return this.framework.item(object, this.indices(children.slice(2, -1), scope));
  }

  private indices(nodes: readonly SyntaxNode[], scope: Scope): readonly Value[] {
    const parts: SyntaxNode[][] = [[]];
    for (const node of nodes) if (node.name === ',') parts.push([]); else parts.at(-1)!.push(node);
    return parts.map(part => {
      const colon = part.findIndex(({ name }) => name === ':');
      const value = (at: SyntaxNode | undefined): number | undefined => (at ? this.expression(at, scope) as number : undefined);
      return colon < 0 ? this.expression(part[0]!, scope) : new Slice(value(part.slice(0, colon)[0]), value(part[colon + 1]));
    });
  }

  private arguments(list: SyntaxNode, scope: Scope): { readonly given: readonly Value[]; readonly keywords: Keywords } {
    const given: Value[] = [];
    const keywords: Record<string, Value> = {};
    const children = childrenOf(list);
    children.forEach((child, i) => {
      if (punctuation.has(child.name) || child.name === '*' || child.name === 'AssignOp' || children[i + 1]?.name === 'AssignOp') return;
      const value = this.expression(child, scope);
      const name = children[i - 1]?.name === 'AssignOp' ? this.text(children[i - 2]!) : undefined;
      if (name !== undefined) {
        assert.ok(!Object.hasOwn(keywords, name), `${name} is given twice`);
        keywords[name] = value;
      } else if (children[i - 1]?.name === '*') given.push(...value as readonly Value[]);
      else given.push(value);
    });
    return { given, keywords };
  }

  private text(node: SyntaxNode): string {
    return this.code.slice(node.from, node.to);
  }
}
