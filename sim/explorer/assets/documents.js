/**
 * The scenario documents, put together from the block that `sim/explorer/documents.py` writes. The
 * engine checks the sums of their bytes, so that a mistake here cannot pass unseen.
 */
explorer.documents = (() => {
  /** The bytes of compressed base64 in a script element. */
  const inflate = async (id) => {
    const letters = atob(document.getElementById(id).textContent.trim());
    const packed = new Uint8Array(letters.length);
    for (let k = 0; k < letters.length; k += 1) packed[k] = letters.charCodeAt(k);
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };

  const readTables = (bytes, at, lengths) => {
    const count = lengths.reduce((sum, length) => sum + length, 0);
    const plain = new Uint8Array(8 * count);
    for (let byte = 0; byte < 8; byte += 1)
      for (let k = 0; k < count; k += 1) plain[8 * k + byte] = bytes[at + byte * count + k];
    const numbers = new Float64Array(plain.buffer);
    let begin = 0;
    const tables = lengths.map((length) => numbers.subarray(begin, (begin += length)));
    return [tables, at + 8 * count];
  };

  /** The last node not above each of the limits of the cells: see `sim/model/build.py`. */
  const guide = (shares, limits) => {
    let node = 0;
    return Array.from({ length: limits }, (_, cell) => {
      while (node < shares.length && shares[node] <= cell / (limits - 1)) node += 1;
      return Math.min(node - 1, shares.length - 2);
    });
  };

  const nodesOf = (pairs, tables, limits) => {
    const total = pairs.reduce((sum, [shares]) => sum + tables[shares].length, 0);
    const nodes = new Float64Array(2 * total),
      guides = [];
    let begin = 0;
    for (const [shares, values] of pairs) {
      nodes.set(tables[shares], begin);
      nodes.set(tables[values], total + begin);
      guides.push(guide(tables[shares], limits).map((node) => BigInt(begin + node)));
      begin += tables[shares].length;
    }
    return { nodes: new Uint8Array(nodes.buffer), guides };
  };

  /** The rows of draws; `layout` gives the size of a row and where its fields are. */
  const drawsOf = (rows, guides, { size, fields }) => {
    const draws = new DataView(new ArrayBuffer(rows.length * size));
    rows.forEach(([address, stream, distribution], k) => {
      const at = (name) => k * size + fields[name][0];
      draws.setBigInt64(at("address"), BigInt(address), true);
      draws.setBigUint64(at("stream"), BigInt(stream), true);
      guides[distribution].forEach((node, cell) =>
        draws.setBigInt64(at("guide") + 8 * cell, node, true),
      );
    });
    return new Uint8Array(draws.buffer);
  };

  /**
   * The block as a function from a scenario's number (0 is the first) to its document.
   * @param {Uint8Array} bytes
   */
  const unpack = (bytes) => {
    const length = new DataView(bytes.buffer).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
    const layout = header.document.layout.draws;
    const limits = layout.fields.guide[2];
    const [tables, at] = readTables(bytes, 4 + length, header.tables);
    const row = (k) => bytes.subarray(at + k * header.base, at + (k + 1) * header.base);
    return (k) => {
      const { own, draws, nodes: pairs, surface } = header.scenarios[k];
      const first = row(0);
      const base = k ? row(k).map((byte, place) => byte ^ first[place]) : first;
      const { nodes, guides } = nodesOf(pairs, tables, limits);
      const arrays = {
        base,
        nodes,
        draws: drawsOf(draws, guides, layout),
        surface: new Uint8Array(tables[surface].slice().buffer),
      };
      return { ...header.document, ...own, arrays };
    };
  };

  return { inflate, unpack };
})();
