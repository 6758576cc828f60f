// Functions that reach outside the expression: lists, translations, randomness, digests.
#include <cmath>

#include "app/form/xpath/functions.h"
#include "storage/base/text.h"

namespace bordereau::form::xpath {
namespace {

constexpr double kLongestKey = 10'000;

// Letters and digits, as JavaRosa gives for uuid(n).
std::string random_characters(const Entropy& entropy, std::size_t count) {
    constexpr std::string_view kAlphabet =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    std::string out;
    while (out.size() < count) {
        std::uint8_t byte = 0;
        entropy({&byte, 1});
        // The few values beyond the alphabet are drawn again, so that none is favoured.
        if (const std::size_t at = byte & 63u; at < kAlphabet.size()) out += kAlphabet[at];
    }
    return out;
}

Value uuid(Call& call) {
    if (!call.services().entropy) return call.fail("there is no source of randomness");
    if (call.count() == 0) return new_uuid(call.services().entropy);
    const double count = call.number(0);
    if (!(count >= 0 && count <= kLongestKey)) return call.fail("a length is needed");
    return random_characters(call.services().entropy, static_cast<std::size_t>(count));
}

Value digest(Call& call) {
    const std::string text = call.text(0), algorithm = call.text(1);
    const std::string encoding = call.count() > 2 ? lower_ascii(call.text(2)) : "base64";
    if (!call.services().digest) return call.fail("there is no digest here");
    const auto bytes = call.services().digest(algorithm, text);
    if (!bytes) return call.fail("unknown algorithm " + algorithm);
    if (encoding == "hex") return to_hex(*bytes);
    if (encoding == "base64") return to_base64(*bytes);
    return call.fail("unknown encoding " + encoding);
}

// Text that is not base64 or not UTF-8 gives nothing (as in JavaRosa).
Value base64_decode(Call& call) {
    const auto bytes = from_base64(call.text(0));
    return bytes && is_utf8(*bytes) ? *bytes : std::string{};
}

// extract-signed(text, key): 64 bytes of Ed25519 signature, then the message, both in base64.
Value extract_signed(Call& call) {
    constexpr std::size_t kSignature = 64;
    const auto bytes = from_base64(call.text(0)), key = from_base64(call.text(1));
    if (!bytes || !key || bytes->size() < kSignature || !call.services().verify)
        return std::string{};
    const std::string_view signature = std::string_view{*bytes}.substr(0, kSignature);
    const std::string_view message = std::string_view{*bytes}.substr(kSignature);
    if (!is_utf8(message) || !call.services().verify(signature, message, *key))
        return std::string{};
    return std::string{message};
}

// A column of a list: child elements of that name or, with "@", attributes.
struct Column {
    Name name = kNoName;
    bool attribute = false;

    NodeIndex of(const Tree& tree, NodeIndex row) const {
        return attribute ? tree.attribute(row, name) : tree.child(row, name);
    }
};

std::optional<Column> column_named(const Names& names, std::string_view text) {
    const bool attribute = text.starts_with('@');
    const auto name = names.find(text.substr(attribute ? 1 : 0));
    if (!name) return std::nullopt;
    return Column{*name, attribute};
}

// The first row with that key, through the list's index where there is one.
NodeIndex first_row(const Tree& tree, NodeIndex root, Name row, Column column, std::string_view key,
                    const Lookup* lookup) {
    if (lookup != nullptr && !column.attribute)
        if (const auto rows = lookup->rows(root, row, column.name, key))
            return rows->empty() ? kNoNode : rows->front();
    std::string scratch;
    for (NodeIndex item = tree.child(root, row); item != kNoNode; item = tree.next_named(item)) {
        const NodeIndex cell = column.of(tree, item);
        if (cell != kNoNode && tree.string_value(cell, scratch) == key) return item;
    }
    return kNoNode;
}

// pulldata(list, wanted column, key column, key): instance(list)/root/item[key column =
// key]/wanted.
Value pulldata(Call& call) {
    const NodeRef list = call.evaluator().open_instance(call.text(0));
    if (list.tree == nullptr) return std::string{};
    const Names& names = list.tree->names();
    const auto root = names.find("root"), item = names.find("item");
    const auto wanted = column_named(names, call.text(1)), key = column_named(names, call.text(2));
    if (!root || !item || !wanted || !key) return std::string{};
    const NodeIndex top = list.tree->child(list.index, *root);
    if (top == kNoNode) return std::string{};
    const NodeIndex row = first_row(*list.tree, top, *item, *key, call.text(3),
                                    call.evaluator().lookup_of(list.tree));
    const NodeIndex cell = row == kNoNode ? kNoNode : wanted->of(*list.tree, row);
    return cell == kNoNode ? std::string{} : to_string(NodeSet{{list.tree, cell}});
}

Value itext(Call& call) {
    if (!call.services().itext) return std::string{};
    return call.services().itext(call.text(0)).value_or(std::string{});
}

Value property(Call& call) {
    return call.services().property ? call.services().property(call.text(0)) : std::string{};
}

Value version(Call& call) {
    return call.services().property ? call.services().property("version") : std::string{};
}

// depend(value, others ...): the value; the others only make it be calculated again.
Value depend(Call& call) {
    return call.value(0);
}

constexpr Function kFunctions[] = {{"uuid", 0, 1, TypeOf::text, kVolatile | kFresh, uuid},
                                   {"digest", 2, 3, TypeOf::text, kPure, digest},
                                   {"base64-decode", 1, 1, TypeOf::text, kPure, base64_decode},
                                   {"extract-signed", 2, 2, TypeOf::text, kPure, extract_signed},
                                   {"pulldata", 4, 4, TypeOf::text, kPure, pulldata},
                                   {"jr:itext", 1, 1, TypeOf::text, kPure, itext},
                                   {"property", 1, 1, TypeOf::text, kPure, property},
                                   {"version", 0, 0, TypeOf::text, kPure, version},
                                   {"depend", 1, kAnyNumber, TypeOf::unknown, kPure, depend}};

}  // namespace

std::span<const Function> form_functions() {
    return kFunctions;
}

}  // namespace bordereau::form::xpath
