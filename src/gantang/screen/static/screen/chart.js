// Charts by ECharts, in the colours of the page: lines and bars, each beside a table that says the same.
import { init } from "../vendor/echarts.mjs";

const held = new Map();
const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const family = () => getComputedStyle(document.body).fontFamily;

export const drawn = () => [...held.values()];

// Let go of what is drawn inside an element that is about to be replaced.
export function forget(inside) {
  for (const [box, chart] of held) {
    if (!inside.contains(box)) continue;
    chart.dispose();
    held.delete(box);
  }
}

export function draw(inside) {
  for (const box of inside.querySelectorAll("[data-chart]")) {
    if (held.has(box)) continue;
    const data = JSON.parse(box.dataset.chart);
    const chart = init(box, null, { renderer: "svg" });
    held.set(box, chart);
    chart.setOption(options(data, parseFloat(getComputedStyle(box).fontSize)));
    box.dataset.drawn = data.kind;
  }
}

function options(data, size) {
  const text = { fontFamily: family(), fontSize: size, color: ink("--ink-2") };
  const values = {
    type: "value", minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: ink("--line") } },
  };
  const bars = data.kind === "bars";
  const names = {
    type: "category", data: data.x, inverse: bars, boundaryGap: bars, axisTick: { show: false },
    axisLine: { lineStyle: { color: ink("--line-2") } },
    axisLabel: { ...text, hideOverlap: true, ...(bars && { width: size * 9, overflow: "truncate" }) },
  };
  return {
    animationDuration: 200,
    animationDurationUpdate: 0,
    textStyle: text,
    aria: { enabled: false },
    grid: { left: 8, right: size * 5, top: size * 2.4, bottom: 8, containLabel: true },
    legend: { show: data.series.length > 1, top: 0, left: 0, textStyle: text, itemGap: size, icon: bars ? "rect" : "circle" },
    // What the wall does not show is drawn between whole numbers (rules/hiding).
    tooltip: {
      trigger: "axis", renderMode: "richText", confine: true, valueFormatter: (n) => (Number.isInteger(n) ? n : "<5"),
    },
    xAxis: bars ? values : names,
    yAxis: bars ? names : values,
    series: data.series.map((one) => series(one, bars, size)),
  };
}

function series(one, bars, size) {
  const color = ink(`--${one.tone}-mark`);
  if (bars) return { name: one.name, type: "bar", stack: "all", barMaxWidth: size * 1.4, itemStyle: { color }, data: one.values };
  return {
    name: one.name,
    type: "line",
    symbolSize: size / 3,
    showSymbol: false,
    lineStyle: { width: size / 7, color, type: one.dash ? "dashed" : "solid" },
    itemStyle: { color },
    endLabel: { show: true, formatter: "{a}", fontFamily: family(), fontSize: size, color: ink("--ink") },
    data: one.values,
  };
}
