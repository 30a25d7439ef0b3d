/**
 * The file format of a form step: its fields, the rules by which it is graded, and the drawing that follows it.
 * What a key means is said in its `describe`. Solutions and rules never reach a page; `public-form.ts` takes them off.
 * Knows nothing about grading.
 */
import { z } from 'zod';
import { parseNetwork } from '../ipv4.ts';
import { idSchema as id, localizedSchema as localized, textSchema as text, wordSchema } from '../text-schema.ts';

const fieldBase = {
  id: id.describe('Id within the form; rules, the drawing and the learner’s answers refer to it.'),
  label: localized.describe('Name of the field, as the program has it that the form stands for.'),
  about: localized.optional().describe('What the value is for: a sentence under the label.'),
  solution: text.describe(
    'An answer that obeys every rule. All of them together are the model solution; lint proves it.',
  ),
};

const textFieldSchema = z
  .strictObject({
    ...fieldBase,
    kind: z.literal('text').describe('The value is typed.'),
    format: wordSchema({
      ipv4: 'one address',
      netmask: '`255.255.255.0`, `/24` or `24`',
      words: 'any text; case and white space do not matter',
    }).describe(
      'How the value is read before any rule looks at it. What cannot be read is explained by itself, without a hint of the author: a missing number, `/24` after an address, a space, a number above 255 …',
    ),
    placeholder: text.optional().describe('Shown in the empty field: the shape of an answer, never the answer.'),
  })
  .meta({ id: 'text-field', description: 'A field to type in.' });

const fieldChoiceSchema = z.strictObject({
  id: id.describe('Id of the choice.'),
  text: localized.describe('What is read.'),
});
const choiceFieldSchema = z
  .strictObject({
    ...fieldBase,
    kind: z.literal('choice').describe('The value is chosen.'),
    choices: z
      .array(fieldChoiceSchema)
      .min(2)
      .describe('In the order in which they are shown; `solution` and rules use their ids.'),
  })
  .meta({ id: 'choice-field', description: 'A field to choose in.' });

/** One field. */
export const fieldSchema = z.discriminatedUnion('kind', [textFieldSchema, choiceFieldSchema]);

const network = text.refine((value) => parseNetwork(value) !== undefined, 'a network like 192.168.0.0/16');
const networks = z
  .union([z.literal('private'), z.array(network).min(1)])
  .describe('Networks as `a.b.c.d/n`, or the word `private` for the three of RFC 1918.');
const prefix = z.number().int().min(0).max(32);
const hostNumber = z.number().int().min(0);

const ruleBase = {
  hint: id.describe('Hint of the step (`hints:`) that is shown when the rule does not hold.'),
  field: id.describe(
    'The field that the hint stands beside. A field shows one hint: that of the first rule that does not hold.',
  ),
  wrong: z
    .record(id, z.string())
    .refine((changes) => Object.keys(changes).length > 0, 'at least one field')
    .describe(
      'A wrong turn as changes to the solution, by field. It must lead to this hint beside this field; lint proves it. An empty text stands for a field left empty.',
    ),
};
const mask = id.describe('The field of the netmask.');
/** The two fields that say which subnet is meant. */
const inSubnet = { subnet: id.describe('The field of the subnet’s address.'), mask };

/** A rule by its word, what it says when it holds, and its own keys. */
function ruleOf<const Word extends string, Keys extends z.core.$ZodLooseShape>(word: Word, says: string, keys: Keys) {
  return z
    .strictObject({ ...ruleBase, rule: z.literal(word).describe(says), ...keys })
    .meta({ id: `rule-${word}`, description: says });
}

/** One rule. A rule that reads a value which cannot be read, or beside a field that has a hint already, is passed over. */
export const ruleSchema = z.discriminatedUnion('rule', [
  ruleOf('one-of', 'The value is one of these; of a choice, their ids.', {
    values: z.array(text).min(1).describe('What is right.'),
  }),
  ruleOf('not-one-of', 'The value is none of these.', {
    values: z.array(text).min(1).describe('What is not right.'),
  }),
  ruleOf('prefix-between', 'The netmask’s length is between these two.', {
    from: prefix.describe('Fewest bits.'),
    to: prefix.describe('Most bits.'),
  }),
  ruleOf('network-address', 'The address is a network’s own: under this mask, no bit of the host part is set.', {
    mask,
  }),
  ruleOf('inside-networks', 'The whole network (address and mask) lies within one of these.', { mask, networks }),
  ruleOf('outside-networks', 'The network shares no address with any of these.', { mask, networks }),
  ruleOf(
    'inside-subnet',
    'The address can be a machine’s in the subnet: inside, neither the network’s own nor the broadcast address.',
    inSubnet,
  ),
  ruleOf(
    'host-number',
    'The address is the subnet’s host number `from` to `to`, both included: in a /24, 2 and 2 is .2 alone.',
    { ...inSubnet, from: hostNumber.describe('Lowest number.'), to: hostNumber.describe('Highest number.') },
  ),
  ruleOf('not-before', 'The address in `field` does not come before the one in `start`.', {
    start: id.describe('The field of the other address.'),
  }),
  ruleOf(
    'range-excludes',
    'None of these lies in the range from `field` to `end`: addresses in other fields, and hosts of the subnet by number (the host adapter of a virtual network, say, which nobody types).',
    {
      end: id.describe('The field of the range’s end.'),
      ...inSubnet,
      fields: z.array(id).default([]).describe('Fields with addresses.'),
      hosts: z.array(hostNumber).default([]).describe('Numbers of hosts.'),
    },
  ),
]);

const drawn = (what: string) => id.describe(`The field of ${what}.`);
/** The drawing beside the form. Its keys name the fields that it shows. */
export const drawingSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('virtual-network').describe('A virtual network.'),
      network: drawn('the network’s name'),
      type: drawn('its type: a choice with the ids `bridged`, `nat` and `host-only`'),
      subnet: drawn('the subnet’s address'),
      mask,
      'dhcp-start': drawn('the first address that DHCP gives'),
      'dhcp-end': drawn('the last address that DHCP gives'),
      gateway: drawn('the NAT device’s address'),
      machine: drawn('the machine’s address'),
    })
    .meta({
      id: 'virtual-network',
      description: 'A virtual network with host adapter, NAT device, DHCP range and one machine.',
    }),
]);

/** A form in the page: the step needs no lab. */
export const formSchema = z
  .strictObject({
    fields: z.array(fieldSchema).min(1).describe('In the order in which they are shown.'),
    rules: z.array(ruleSchema).min(1).describe('In the order in which they are looked at.'),
    drawing: drawingSchema.optional().describe('A picture beside the form that follows what is typed.'),
  })
  .meta({ id: 'form', description: 'A form in the page: the step needs no lab.' });

/** A form with its key: never send it to a browser; see `publicForm`. */
export type Form = z.infer<typeof formSchema>;
/** One field with its solution. */
export type FormField = z.infer<typeof fieldSchema>;
/** One rule. */
export type FormRule = z.infer<typeof ruleSchema>;
/** A drawing. */
export type FormDrawing = z.infer<typeof drawingSchema>;
