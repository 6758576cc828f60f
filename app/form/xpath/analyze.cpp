#include "app/form/xpath/analyze.h"

#include <algorithm>

#include "app/form/xpath/functions.h"
#include "app/form/xpath/lexer.h"

namespace bordereau::form::xpath {
namespace {

bool is_bare_call(const Term& term, std::string_view name) {
    return term.kind == TermKind::call && term.count == 0 && term.function->name == name;
}

class Analyzer {
public:
    explicit Analyzer(Program& program) : program_{program} {}

    // Operands and predicates come before the terms that use them, so one pass is enough.
    Status run() {
        for (Term& term : program_.terms) describe(term);
        for (Path& path : program_.paths) {
            for (Predicate& predicate : path.filters) describe(predicate);
            for (Step& step : path.steps)
                for (Predicate& predicate : step.predicates) describe(predicate);
        }
        return compile_patterns();
    }

private:
    const Term& operand(const Term& term, std::size_t at) const {
        return program_.terms[program_.operands[term.first + at].term];
    }

    void describe(Term& term) {
        term.fixed = term.fixed_elsewhere = true;
        for (std::size_t i = 0; i < term.count; ++i) {
            term.fixed = term.fixed && operand(term, i).fixed;
            term.fixed_elsewhere = term.fixed_elsewhere && operand(term, i).fixed_elsewhere;
            term.uses_position = term.uses_position || operand(term, i).uses_position;
        }
        switch (term.kind) {
            case TermKind::number:
            case TermKind::arithmetic:
            case TermKind::negation: term.type = TypeOf::number; break;
            case TermKind::text: term.type = TypeOf::text; break;
            case TermKind::any_of:
            case TermKind::all_of:
            case TermKind::comparison: term.type = TypeOf::boolean; break;
            case TermKind::united: term.type = TypeOf::nodes; break;
            case TermKind::path: describe_path(term); break;
            case TermKind::call: describe_call(term); break;
        }
    }

    void describe_path(Term& term) {
        const Path& path = program_.paths[term.detail];
        term.type = TypeOf::nodes;
        if (path.start == PathStart::context) {
            term.fixed = term.fixed_elsewhere = false;
        } else if (path.start == PathStart::root) {
            // Narrowing makes an absolute path depend on the row, if the row is of the same tree.
            term.fixed = false;
        } else {
            const Term& from = program_.terms[path.from];
            term.fixed = from.fixed;
            term.fixed_elsewhere = from.fixed_elsewhere;
            term.uses_position = from.uses_position;
        }
    }

    void describe_call(Term& term) {
        const Function& function = *term.function;
        term.type = function.type;
        const bool bare = term.count == 0;
        const bool here = (function.traits & kContext) != 0 ||
                          (bare && (function.traits & (kContextIfBare | kPosition)) != 0);
        const bool fresh = (function.traits & kFresh) != 0;
        if (here || fresh) term.fixed = term.fixed_elsewhere = false;
        if (bare && (function.traits & kPosition) != 0) term.uses_position = true;
        const bool seeded = function.name == "randomize" && term.count == 2;
        if ((function.traits & kVolatile) != 0 && !seeded) program_.is_volatile = true;
    }

    void describe(Predicate& predicate) {
        const Term& term = program_.terms[predicate.term];
        if (term.type == TypeOf::number && term.fixed_elsewhere)
            predicate.wanted_position = predicate.term;
        if (term.kind == TermKind::comparison) position_test(term, predicate);
        if (term.uses_position) return;
        condition(term, predicate);
        if (term.kind != TermKind::all_of) return;
        for (std::size_t i = 0; i < term.count; ++i) condition(operand(term, i), predicate);
    }

    void condition(const Term& term, Predicate& predicate) {
        if (term.kind == TermKind::comparison) equality(term, predicate);
        if (term.kind == TermKind::call) membership(term, predicate);
    }

    // "selected(x, column)".
    void membership(const Term& term, Predicate& predicate) {
        const std::string_view name = term.function->name;
        if ((name != "selected" && name != "is-selected") || term.count != 2) return;
        const auto column = column_of(operand(term, 1));
        if (!column || !operand(term, 0).fixed_elsewhere) return;
        predicate.memberships.push_back({*column, program_.operands[term.first].term});
    }

    bool is_equality(const Term& term) const {
        return program_.operands[term.first + 1].before == Operator::equal;
    }

    // "position() = x", either way round.
    void position_test(const Term& term, Predicate& predicate) {
        if (!is_equality(term)) return;
        for (std::size_t side = 0; side < 2; ++side) {
            const TermIndex other = program_.operands[term.first + 1 - side].term;
            const Term& wanted = program_.terms[other];
            if (is_bare_call(operand(term, side), "position") && wanted.fixed_elsewhere &&
                !wanted.uses_position && wanted.type == TypeOf::number)
                predicate.wanted_position = other;
        }
    }

    // "column = x", either way round.
    void equality(const Term& term, Predicate& predicate) {
        if (!is_equality(term)) return;
        for (std::size_t side = 0; side < 2; ++side) {
            const TermIndex other = program_.operands[term.first + 1 - side].term;
            const auto column = column_of(operand(term, side));
            if (!column || !program_.terms[other].fixed_elsewhere) continue;
            predicate.equalities.push_back({*column, other});
            return;
        }
    }

    std::optional<Name> column_of(const Term& term) const {
        if (term.kind != TermKind::path) return std::nullopt;
        const Path& path = program_.paths[term.detail];
        if (path.start != PathStart::context) return std::nullopt;
        std::optional<Name> column;
        for (const Step& step : path.steps) {
            if (!step.predicates.empty()) return std::nullopt;
            if (step.axis == Axis::self && step.test.kind == TestKind::node) continue;
            if (column || step.axis != Axis::child || step.test.kind != TestKind::name ||
                step.test.uri)
                return std::nullopt;
            column = step.test.name;
        }
        return column;
    }

    Status compile_patterns() {
        for (TermIndex at = 0; at < program_.terms.size(); ++at) {
            const Term& term = program_.terms[at];
            if (term.kind != TermKind::call || term.function->name != "regex") continue;
            const Term& pattern = operand(term, 1);
            if (pattern.kind != TermKind::text) continue;
            Result<Pattern> compiled = Pattern::compile(program_.texts[pattern.detail]);
            if (!compiled) return syntax_error(pattern.position, compiled.error().detail);
            program_.patterns.emplace_back(program_.operands[term.first + 1].term,
                                           std::move(*compiled));
        }
        return done();
    }

    Program& program_;
};

}  // namespace

Status analyze(Program& program, Names& names) {
    if (Status status = Analyzer{program}.run(); !status) return status;
    collect_references(program, names);
    return done();
}

}  // namespace bordereau::form::xpath
