#include "app/form/xpath/compare.h"

#include <cmath>

#include "app/form/values/days.h"
#include "app/form/values/number.h"

namespace bordereau::form::xpath {
namespace {

constexpr double kTolerance = 1e-12;

// One side of a comparison once node-sets are taken apart; looks into the tree or the value.
struct Atom {
    enum class Kind { text, number, boolean, moment } kind = Kind::text;
    std::string_view text;
    double number = 0;
    Moment moment;
};

Atom text_atom(std::string_view text) {
    Atom atom;
    atom.text = text;
    return atom;
}

Atom atom_of(const Value& value) {
    Atom atom;
    if (const auto* text = std::get_if<std::string>(&value)) {
        atom.text = *text;
    } else if (const auto* number = std::get_if<double>(&value)) {
        atom.kind = Atom::Kind::number;
        atom.number = *number;
    } else if (const auto* truth = std::get_if<bool>(&value)) {
        atom.kind = Atom::Kind::boolean;
        atom.number = *truth ? 1 : 0;
    } else {
        atom.kind = Atom::Kind::moment;
        atom.moment = std::get<Moment>(value);
    }
    return atom;
}

bool looks_like_date(std::string_view text) {
    return text.size() >= 8 && text[4] == '-' && text[0] >= '0' && text[0] <= '9';
}

std::optional<Moment> moment_of_atom(const Atom& atom, const Clock& clock) {
    if (atom.kind == Atom::Kind::moment) return atom.moment;
    if (atom.kind != Atom::Kind::text || !looks_like_date(atom.text)) return std::nullopt;
    return parse_moment(atom.text, clock);
}

double number_of(const Atom& atom, const Clock& clock) {
    if (atom.kind == Atom::Kind::text) {
        const double number = to_number(atom.text);
        if (!std::isnan(number)) return number;
        const auto moment = moment_of_atom(atom, clock);
        return moment ? day_number(*moment, clock) : number;
    }
    return atom.kind == Atom::Kind::moment ? day_number(atom.moment, clock) : atom.number;
}

bool truth_of(const Atom& atom) {
    if (atom.kind == Atom::Kind::text) return !atom.text.empty();
    return atom.kind == Atom::Kind::moment || (atom.number != 0 && !std::isnan(atom.number));
}

bool same_number(double a, double b) {
    return a == b || std::fabs(a - b) < kTolerance;
}

// Less than, equal to or greater than zero; two days as days, so that date(now()) is today().
Millis difference(const Moment& a, const Moment& b) {
    if (a.has_time || b.has_time) return a.instant() - b.instant();
    return days_of(a.date()) - days_of(b.date());
}

bool equal(const Atom& a, const Atom& b, const Clock& clock) {
    using Kind = Atom::Kind;
    if (a.kind == Kind::boolean || b.kind == Kind::boolean) return truth_of(a) == truth_of(b);
    if (a.kind == Kind::number || b.kind == Kind::number)
        return same_number(number_of(a, clock), number_of(b, clock));
    if (a.kind == Kind::text && b.kind == Kind::text && a.text == b.text) return true;
    const auto left = moment_of_atom(a, clock);
    if (!left) return false;
    const auto right = moment_of_atom(b, clock);
    return right && difference(*left, *right) == 0;
}

bool ordered(Operator op, double left, double right) {
    switch (op) {
        case Operator::less: return left < right;
        case Operator::less_equal: return left <= right;
        case Operator::greater: return left > right;
        default: return left >= right;
    }
}

bool holds(Operator op, const Atom& a, const Atom& b, const Clock& clock) {
    if (op == Operator::equal) return equal(a, b, clock);
    if (op == Operator::not_equal) return !equal(a, b, clock);
    if (const auto left = moment_of_atom(a, clock))
        if (const auto right = moment_of_atom(b, clock))
            return ordered(op, static_cast<double>(difference(*left, *right)), 0);
    return ordered(op, number_of(a, clock), number_of(b, clock));
}

template <class Test>
bool any_node(const NodeSet& nodes, Test&& test) {
    std::string scratch;
    for (const NodeRef& node : nodes)
        if (test(text_atom(node.tree->string_value(node.index, scratch)))) return true;
    return false;
}

// A node-set against a boolean is the set's own truth: is there any node?
bool against_boolean(Operator op, bool left, bool right) {
    return (op == Operator::equal) == (left == right);
}

bool is_equality(Operator op) {
    return op == Operator::equal || op == Operator::not_equal;
}

}  // namespace

bool compare(Operator op, const Value& left, const Value& right, const Clock& clock) {
    const auto* left_nodes = std::get_if<NodeSet>(&left);
    const auto* right_nodes = std::get_if<NodeSet>(&right);
    if (left_nodes == nullptr && right_nodes == nullptr)
        return holds(op, atom_of(left), atom_of(right), clock);
    if (is_equality(op) &&
        (std::holds_alternative<bool>(left) || std::holds_alternative<bool>(right)))
        return against_boolean(op, to_boolean(left), to_boolean(right));
    if (right_nodes == nullptr)
        return any_node(*left_nodes,
                        [&](const Atom& a) { return holds(op, a, atom_of(right), clock); });
    if (left_nodes == nullptr)
        return any_node(*right_nodes,
                        [&](const Atom& b) { return holds(op, atom_of(left), b, clock); });
    return any_node(*left_nodes, [&](const Atom& a) {
        return any_node(*right_nodes, [&](const Atom& b) { return holds(op, a, b, clock); });
    });
}

bool compare_text(Operator op, const NodeSet& nodes, std::string_view text, const Clock& clock) {
    return any_node(nodes, [&](const Atom& a) { return holds(op, a, text_atom(text), clock); });
}

}  // namespace bordereau::form::xpath
