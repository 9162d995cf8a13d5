// The first script of /now, inside the page: asks for the plan box while the page is still read.
import { readOnce } from "./device/box-stores";

globalThis.earlyStores = readOnce();
globalThis.earlyStores.catch(() => undefined); // who reads the plan asks anew
