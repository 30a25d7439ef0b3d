/**
 * The file format of a form step: its fields, the rules by which it is graded, and the drawing that follows it.
 * Every key's comment is its reference. Solutions and rules never reach a page; `public-form.ts` takes them off.
 * Knows nothing about grading.
 */
import { z } from 'zod';
import { parseNetwork } from '../ipv4.ts';
import { idSchema as id, localizedSchema, textSchema as text } from '../text-schema.ts';

const fieldBase = {
  /** Id within the form; rules, the drawing and the learner's answers refer to it. */
  id,
  /** Name of the field, as the program has it that the form stands for. */
  label: localizedSchema,
  /** What the value is for: a sentence under the label. */
  about: localizedSchema.optional(),
  /** An answer that obeys every rule. All of them together are the model solution; lint proves it. */
  solution: text,
};

const textFieldSchema = z.strictObject({
  ...fieldBase,
  kind: z.literal('text'),
  /**
   * How the value is read before any rule looks at it. What cannot be read is explained by itself, without a hint of
   * the author: a missing number, `/24` after an address, a space, a number above 255 …
   * `ipv4`: one address. `netmask`: `255.255.255.0`, `/24` or `24`. `words`: any text; case and white space do not matter.
   */
  format: z.enum(['ipv4', 'netmask', 'words']),
  /** Shown in the empty field: the shape of an answer, never the answer. */
  placeholder: text.optional(),
});

const choiceFieldSchema = z.strictObject({
  ...fieldBase,
  kind: z.literal('choice'),
  /** In the order in which they are shown; `solution` and rules use their ids. */
  choices: z.array(z.strictObject({ id, text: localizedSchema })).min(2),
});

/** One field. */
export const fieldSchema = z.discriminatedUnion('kind', [textFieldSchema, choiceFieldSchema]);

const network = text.refine((value) => parseNetwork(value) !== undefined, 'a network like 192.168.0.0/16');
/** Networks as `a.b.c.d/n`, or the word `private` for the three of RFC 1918. */
const networks = z.union([z.literal('private'), z.array(network).min(1)]);
const prefix = z.number().int().min(0).max(32);
const hostNumber = z.number().int().min(0);

const ruleBase = {
  /** Hint of the step (`hints:`) that is shown when the rule does not hold. */
  hint: id,
  /** The field that the hint stands beside. A field shows one hint: that of the first rule that does not hold. */
  field: id,
  /**
   * A wrong turn as changes to the solution, by field. It must lead to this hint beside this field; lint proves it.
   * An empty text stands for a field left empty.
   */
  wrong: z.record(id, z.string()).refine((changes) => Object.keys(changes).length > 0, 'at least one field'),
};
/** The two fields that say which subnet is meant. */
const inSubnet = { subnet: id, mask: id };

/** One rule. A rule that reads a value which cannot be read, or beside a field that has a hint already, is passed over. */
export const ruleSchema = z.discriminatedUnion('rule', [
  /** The value is one of these; of a choice, their ids. */
  z.strictObject({ ...ruleBase, rule: z.literal('one-of'), values: z.array(text).min(1) }),
  /** The value is none of these. */
  z.strictObject({ ...ruleBase, rule: z.literal('not-one-of'), values: z.array(text).min(1) }),
  /** The netmask's length is between these two. */
  z.strictObject({ ...ruleBase, rule: z.literal('prefix-between'), from: prefix, to: prefix }),
  /** The address is a network's own: under this mask, no bit of the host part is set. */
  z.strictObject({ ...ruleBase, rule: z.literal('network-address'), mask: id }),
  /** The whole network (address and mask) lies within one of these. */
  z.strictObject({ ...ruleBase, rule: z.literal('inside-networks'), mask: id, networks }),
  /** The network shares no address with any of these. */
  z.strictObject({ ...ruleBase, rule: z.literal('outside-networks'), mask: id, networks }),
  /** The address can be a machine's in the subnet: inside, neither the network's own nor the broadcast address. */
  z.strictObject({ ...ruleBase, rule: z.literal('inside-subnet'), ...inSubnet }),
  /** The address is the subnet's host number `from` to `to`, both included: in a /24, 2 and 2 is .2 alone. */
  z.strictObject({
    ...ruleBase,
    rule: z.literal('host-number'),
    ...inSubnet,
    from: hostNumber,
    to: hostNumber,
  }),
  /** The address in `field` does not come before the one in `start`. */
  z.strictObject({ ...ruleBase, rule: z.literal('not-before'), start: id }),
  /**
   * None of these lies in the range from `field` to `end`: addresses in other fields, and hosts of the subnet by number
   * (the host adapter of a virtual network, say, which nobody types).
   */
  z.strictObject({
    ...ruleBase,
    rule: z.literal('range-excludes'),
    end: id,
    ...inSubnet,
    fields: z.array(id).default([]),
    hosts: z.array(hostNumber).default([]),
  }),
]);

/** The drawing beside the form. Its keys name the fields that it shows. */
export const drawingSchema = z.discriminatedUnion('kind', [
  /** A virtual network with host adapter, NAT device, DHCP range and one machine. */
  z.strictObject({
    kind: z.literal('virtual-network'),
    network: id,
    /** A choice with the ids `bridged`, `nat` and `host-only`. */
    type: id,
    subnet: id,
    mask: id,
    'dhcp-start': id,
    'dhcp-end': id,
    gateway: id,
    machine: id,
  }),
]);

/** A form in the page: the step needs no lab. */
export const formSchema = z.strictObject({
  fields: z.array(fieldSchema).min(1),
  /** In the order in which they are looked at. */
  rules: z.array(ruleSchema).min(1),
  drawing: drawingSchema.optional(),
});

/** A form with its key: never send it to a browser; see `publicForm`. */
export type Form = z.infer<typeof formSchema>;
/** One field with its solution. */
export type FormField = z.infer<typeof fieldSchema>;
/** One rule. */
export type FormRule = z.infer<typeof ruleSchema>;
/** A drawing. */
export type FormDrawing = z.infer<typeof drawingSchema>;
