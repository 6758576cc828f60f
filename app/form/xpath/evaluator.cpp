#include "app/form/xpath/evaluator.h"

#include <cmath>

#include "app/form/xpath/compare.h"
#include "app/form/xpath/functions.h"
#include "app/form/xpath/lexer.h"

namespace bordereau::form::xpath {
Evaluator::Evaluator(const Program& program, const Context& context)
    : program_{program}, context_{context}, services_{context.services} {
    check(context.node.tree != nullptr, "an expression needs a context node");
    check(services_ != nullptr, "an expression needs services");
    if (context_.current.tree == nullptr) context_.current = context_.node;
    if (context_.primary == nullptr) context_.primary = context_.current.tree;
}

void Evaluator::fail(std::size_t position, std::string what) {
    if (!error_) error_ = syntax_error(position, what);
}

Value Evaluator::value(TermIndex index, const Focus& focus) {
    if (failed()) return std::string{};
    const Term& term = program_.terms[index];
    switch (term.kind) {
        case TermKind::number: return term.number;
        case TermKind::text: return program_.texts[term.detail];
        case TermKind::any_of: return any_of(term, focus);
        case TermKind::all_of: return all_of(term, focus);
        case TermKind::comparison: return comparison(term, focus);
        case TermKind::arithmetic: return arithmetic(term, focus);
        case TermKind::negation: return -number(program_.operands[term.first].term, focus);
        case TermKind::united: return united(term, focus);
        case TermKind::path: return path(program_.paths[term.detail], focus);
        case TermKind::call: return call(term, focus);
    }
    return std::string{};
}

bool Evaluator::boolean(TermIndex index, const Focus& focus) {
    if (failed()) return false;
    const Term& term = program_.terms[index];
    switch (term.kind) {
        case TermKind::any_of: return any_of(term, focus);
        case TermKind::all_of: return all_of(term, focus);
        case TermKind::comparison: return comparison(term, focus);
        case TermKind::path: return !path(program_.paths[term.detail], focus).empty();
        default: return to_boolean(value(index, focus));
    }
}

double Evaluator::number(TermIndex index, const Focus& focus) {
    if (failed()) return 0;
    const Term& term = program_.terms[index];
    if (term.kind == TermKind::number) return term.number;
    if (term.kind == TermKind::arithmetic) return arithmetic(term, focus);
    return to_number(value(index, focus), services_->clock);
}

std::string_view Evaluator::text(TermIndex index, const Focus& focus, std::string& scratch) {
    if (failed()) return {};
    const Term& term = program_.terms[index];
    if (term.kind == TermKind::text) return program_.texts[term.detail];
    if (term.kind == TermKind::path) {
        const NodeSet found = path(program_.paths[term.detail], focus);
        if (found.empty()) return {};
        return found[0].tree->string_value(found[0].index, scratch);
    }
    scratch = to_string(value(index, focus));
    return scratch;
}

NodeSet Evaluator::nodes(TermIndex index, const Focus& focus) {
    if (failed()) return {};
    const Term& term = program_.terms[index];
    if (term.kind == TermKind::path) return path(program_.paths[term.detail], focus);
    Value result = value(index, focus);
    if (auto* found = std::get_if<NodeSet>(&result)) return std::move(*found);
    fail(term.position, "a path is needed here, not a value");
    return {};
}

Value Evaluator::call(const Term& term, const Focus& focus) {
    Call call{*this, term, focus};
    return term.function->run(call);
}

bool Evaluator::any_of(const Term& term, const Focus& focus) {
    for (std::size_t i = 0; i < term.count; ++i)
        if (boolean(program_.operands[term.first + i].term, focus)) return true;
    return false;
}

bool Evaluator::all_of(const Term& term, const Focus& focus) {
    for (std::size_t i = 0; i < term.count; ++i)
        if (!boolean(program_.operands[term.first + i].term, focus)) return false;
    return true;
}

Value Evaluator::present(Value value) const {
    const auto* nodes = std::get_if<NodeSet>(&value);
    if (context_.absent_is_empty && nodes != nullptr && nodes->empty()) return std::string{};
    return value;
}

bool Evaluator::comparison(const Term& term, const Focus& focus) {
    const Operand &left = program_.operands[term.first], &right = program_.operands[term.first + 1];
    const Term &left_term = program_.terms[left.term], &right_term = program_.terms[right.term];
    // By far the most frequent form of comparison, kept free of allocation: path = 'text'.
    if (left_term.kind == TermKind::path && right_term.kind == TermKind::text) {
        const NodeSet nodes = path(program_.paths[left_term.detail], focus);
        const std::string& text = program_.texts[right_term.detail];
        if (nodes.empty() && context_.absent_is_empty)
            return !failed() && compare(right.before, std::string{}, text, services_->clock);
        return compare_text(right.before, nodes, text, services_->clock);
    }
    const Value a = present(value(left.term, focus));
    const Value b = present(value(right.term, focus));
    const auto *many = std::get_if<NodeSet>(&a), *others = std::get_if<NodeSet>(&b);
    if (many != nullptr && others != nullptr && !spend(many->size() * others->size())) return false;
    return !failed() && compare(right.before, a, b, services_->clock);
}

double Evaluator::arithmetic(const Term& term, const Focus& focus) {
    double total = number(program_.operands[term.first].term, focus);
    for (std::size_t i = 1; i < term.count; ++i) {
        const Operand& operand = program_.operands[term.first + i];
        const double next = number(operand.term, focus);
        switch (operand.before) {
            case Operator::add: total += next; break;
            case Operator::subtract: total -= next; break;
            case Operator::multiply: total *= next; break;
            case Operator::divide: total /= next; break;
            default: total = std::fmod(total, next); break;
        }
    }
    return total;
}

NodeSet Evaluator::united(const Term& term, const Focus& focus) {
    NodeSet all;
    for (std::size_t i = 0; i < term.count; ++i) {
        const NodeSet some = nodes(program_.operands[term.first + i].term, focus);
        for (const NodeRef& node : some) all.add(node);
        if (!spend(some.size())) return {};
    }
    all.sort();
    return all;
}

NodeRef Evaluator::open_instance(std::string_view id) {
    if (!services_->instance) return {};
    const InstanceSource source = services_->instance(id);
    if (source.tree == nullptr) return {};
    if (source.lookup != nullptr && lookup_of(source.tree) == nullptr)
        opened_.push_back({source.tree, source.lookup});
    return {source.tree, source.node};
}

const Lookup* Evaluator::lookup_of(const Tree* tree) const {
    for (const Opened& opened : opened_)
        if (opened.tree == tree) return opened.lookup;
    return nullptr;
}

}  // namespace bordereau::form::xpath
