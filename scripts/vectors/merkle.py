"""RFC 6962 section 2.1 by its recursive definitions, which is not how the package computes it."""
import hashlib


def leaf_hash(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def split(size):
    return 1 << (size - 1).bit_length() - 1


def tree_hash(leaves):
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    middle = split(len(leaves))
    return node_hash(tree_hash(leaves[:middle]), tree_hash(leaves[middle:]))


def root_from_inclusion(index, size, leaf, proof):
    """The root that an audit path leads to; None for a path of the wrong length."""
    if not 0 <= index < size:
        return None
    if size == 1:
        return None if proof else leaf
    if not proof:
        return None
    middle = split(size)
    if index < middle:
        left = root_from_inclusion(index, middle, leaf, proof[:-1])
        return left and node_hash(left, proof[-1])
    right = root_from_inclusion(index - middle, size - middle, leaf, proof[:-1])
    return right and node_hash(proof[-1], right)


def consistency_holds(old_size, old_root, new_size, new_root, proof):
    def roots(old, new, path, is_whole):
        if old == new:
            if is_whole:
                return None if path else (old_root, old_root)
            return (path[0], path[0]) if len(path) == 1 else None
        if not path:
            return None
        middle = split(new)
        if old <= middle:
            below = roots(old, middle, path[:-1], is_whole)
            return below and (below[0], node_hash(below[1], path[-1]))
        below = roots(old - middle, new - middle, path[:-1], False)
        return below and (node_hash(path[-1], below[0]), node_hash(path[-1], below[1]))

    return 0 < old_size <= new_size and roots(old_size, new_size, proof, True) == (old_root, new_root)
