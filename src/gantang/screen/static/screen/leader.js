// The leader's charts; each has a table behind it.
import { draw, drawn } from "./chart.js";

draw(document);
addEventListener("resize", () => drawn().forEach((one) => one.resize()));
