#include "app/form/xpath/expression.h"

#include "app/form/xpath/analyze.h"
#include "app/form/xpath/evaluator.h"
#include "app/form/xpath/functions.h"
#include "app/form/xpath/parser.h"

namespace bordereau::form {
namespace {

// Runs one of the evaluator's readings of the whole expression.
template <class T, class Read>
Result<T> run(const Program& program, const Context& context, Read&& read) {
    xpath::Evaluator evaluator{program, context};
    Result<T> result{read(evaluator, program.root, evaluator.start())};
    if (evaluator.failed()) return *evaluator.error();
    return result;
}

// Plain names only: with a prefix, a step may mean another node of the same local name.
void settle(xpath::Path& path, const SlotOf& slot_of) {
    if (path.start != xpath::PathStart::root || path.narrowable != path.steps.size()) return;
    std::vector<Name> names;
    for (const xpath::Step& step : path.steps) {
        if (step.test.uri) return;
        names.push_back(step.test.name);
    }
    if (const auto slot = slot_of(names)) path.slot = *slot;
}

}  // namespace

Expression::Expression(std::shared_ptr<const Program> program) : program_{std::move(program)} {}

Result<Expression> Expression::compile(std::string_view text, Names& names,
                                       std::span<const NamespacePrefix> namespaces,
                                       Strictness strictness, const SlotOf& slot_of) {
    Result<Program> program = xpath::parse(text, names, namespaces, strictness);
    if (!program) return std::move(program).error();
    if (Status status = xpath::analyze(*program, names); !status) return std::move(status).error();
    if (slot_of)
        for (xpath::Path& path : program->paths) settle(path, slot_of);
    return Expression{std::make_shared<const Program>(std::move(*program))};
}

const std::string& Expression::text() const {
    return program_->text;
}

std::span<const Reference> Expression::references() const {
    return program_->references;
}

std::span<const std::string> Expression::instances() const {
    return program_->instances;
}

bool Expression::is_volatile() const {
    return program_->is_volatile;
}

bool Expression::uses_position() const {
    return program_->terms[program_->root].uses_position;
}

std::optional<Value> Expression::literal() const {
    const xpath::Term& root = program_->terms[program_->root];
    if (root.kind == xpath::TermKind::number) return root.number;
    if (root.kind == xpath::TermKind::text) return program_->texts[root.detail];
    if (root.kind != xpath::TermKind::call || root.count != 0) return std::nullopt;
    if (root.function->name == "true") return true;
    if (root.function->name == "false") return false;
    return std::nullopt;
}

const Reference* Expression::plain_reference() const {
    return program_->plain_reference ? &program_->references[*program_->plain_reference] : nullptr;
}

Result<Value> Expression::evaluate(const Context& context) const {
    return run<Value>(*program_, context, [](auto& evaluator, auto root, const auto& focus) {
        return evaluator.value(root, focus);
    });
}

Result<bool> Expression::evaluate_boolean(const Context& context) const {
    return run<bool>(*program_, context, [](auto& evaluator, auto root, const auto& focus) {
        return evaluator.boolean(root, focus);
    });
}

Result<std::string> Expression::evaluate_text(const Context& context) const {
    return run<std::string>(*program_, context, [](auto& evaluator, auto root, const auto& focus) {
        std::string scratch;
        return std::string{evaluator.text(root, focus, scratch)};
    });
}

Result<double> Expression::evaluate_number(const Context& context) const {
    return run<double>(*program_, context, [](auto& evaluator, auto root, const auto& focus) {
        return evaluator.number(root, focus);
    });
}

Result<NodeSet> Expression::evaluate_nodes(const Context& context) const {
    return run<NodeSet>(*program_, context, [](auto& evaluator, auto root, const auto& focus) {
        return evaluator.nodes(root, focus);
    });
}

}  // namespace bordereau::form
