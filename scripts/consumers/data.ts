/** A program against the published @cotangent/data. */
import { tensor } from "@cotangent/core";
import * as data from "@cotangent/data";
import * as files from "@cotangent/data/node";

const dataset = data.tensorDataset({ x: tensor([[1], [2], [3]]), y: tensor([2, 4, 6]) });
const batches = [...data.dataLoader(dataset, { batchSize: 2 })];
if (batches.length !== 2) throw new Error(`the loader gave ${String(batches.length)} batches`);
if (Object.keys(files).length === 0) throw new Error("/node is empty");
