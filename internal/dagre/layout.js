// Called by layout.go: a graph as JSON in, its places as JSON out.
(function (text) {
  "use strict";
  const input = JSON.parse(text);
  input.edges ??= [];
  const g = new dagre.graphlib.Graph({ multigraph: true });
  g.setGraph({ rankdir: "LR", nodesep: input.nodeGap, edgesep: input.edgeGap, ranksep: input.rankGap, ranker: place });
  // The caller says which column a node stands in. Between two columns Dagre
  // has a rank for the labels of edges.
  function place(ranked) {
    for (const v of ranked.nodes()) {
      const n = input.nodes[v];
      ranked.node(v).rank = n ? 2 * n.column : -1;
    }
  }
  input.nodes.forEach((n, i) => g.setNode(String(i), { width: n.width, height: n.height }));
  input.edges.forEach((e, i) =>
    g.setEdge(String(e.from), String(e.to), { width: e.width, height: e.height, labelpos: "c", minlen: Math.max(1, input.nodes[e.to].column - input.nodes[e.from].column) }, String(i)));
  dagre.layout(g);
  const nodes = input.nodes.map((n, i) => { const p = g.node(String(i)); return { x: p.x, y: p.y }; });
  const edges = input.edges.map((e, i) => {
    const p = g.edge(String(e.from), String(e.to), String(i));
    return { points: p.points.map((q) => ({ x: q.x, y: q.y })), x: p.x || 0, y: p.y || 0 };
  });
  return JSON.stringify({ width: g.graph().width || 0, height: g.graph().height || 0, nodes, edges });
})
