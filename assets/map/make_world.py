#!/usr/bin/env python3
# Makes world.lines from the TopoJSON of Natural Earth's countries (see LICENSE.md).
# Usage: make_world.py countries-10m.json world.lines
import json
import sys

STEP = 0.002                     # degrees that one unit of the file stands for
COAST, BORDER = 0.016, 0.004     # degrees that a line may be off
LEAST_ISLAND = 0.06              # degrees: smaller islands are left out


def absolute(arc, transform):
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * sx + tx, y * sy + ty


def simplified(points, tolerance):
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        dx, dy = bx - ax, by - ay
        length = (dx * dx + dy * dy) ** 0.5
        far, at = tolerance, None
        for i in range(first + 1, last):
            px, py = points[i][0] - ax, points[i][1] - ay
            gap = abs(px * dy - py * dx) / length if length else (px * px + py * py) ** 0.5
            if gap > far:
                far, at = gap, i
        if at is not None:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def owners_of(topology):
    owners = {}

    def walk(arcs, owner):
        for arc in arcs:
            if isinstance(arc, list):
                walk(arc, owner)
            else:
                owners.setdefault(arc if arc >= 0 else ~arc, set()).add(owner)

    for owner, country in enumerate(topology["objects"]["countries"]["geometries"]):
        walk(country.get("arcs", []), owner)
    return owners


def zigzag(number):
    return (number << 1) ^ (number >> 63)


def varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def written(points, border):
    units = [(round(x / STEP), round(y / STEP)) for x, y in points]
    out = varint(len(units)) + varint(1 if border else 0)
    before = (0, 0)
    for unit in units:
        out += varint(zigzag(unit[0] - before[0])) + varint(zigzag(unit[1] - before[1]))
        before = unit
    return out


def main(source, target):
    topology = json.load(open(source))
    lines = []
    for arc, owners in sorted(owners_of(topology).items()):
        points = list(absolute(topology["arcs"][arc], topology["transform"]))
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        closed = points[0] == points[-1]
        border = len(owners) > 1
        if closed and not border and max(max(xs) - min(xs), max(ys) - min(ys)) < LEAST_ISLAND:
            continue
        if max(ys) < -89 or (max(xs) - min(xs) == 0 and abs(xs[0]) == 180):
            continue  # where the map is cut, not a coast
        lines.append(written(simplified(points, BORDER if border else COAST), border))
    with open(target, "wb") as file:
        file.write(b"BWL1" + varint(len(lines)) + b"".join(lines))


main(*sys.argv[1:])
