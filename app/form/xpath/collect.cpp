// The references of a program: which paths it reads, those in predicates included.
#include <algorithm>

#include "app/form/xpath/analyze.h"
#include "app/form/xpath/functions.h"
#include "app/form/xpath/parser.h"
#include "storage/base/text.h"

namespace bordereau::form::xpath {
namespace {

class Collector {
public:
    Collector(Program& program, Names& names) : program_{program}, names_{names} {}

    void run() {
        visit(program_.root, nullptr);
        if (program_.references.size() == 1 && is_plain(program_.terms[program_.root]))
            program_.plain_reference = 0;
    }

private:
    // What a term that gives nodes refers to; nothing where that is not one path. References in
    // its predicates and arguments are added on the way. `base`: the nodes a predicate tests.
    std::optional<Reference> locate(TermIndex index, const Reference* base) {
        const Term& term = program_.terms[index];
        if (term.kind == TermKind::path) return locate_path(program_.paths[term.detail], base);
        if (term.kind == TermKind::call) return locate_call(term, base);
        for (std::size_t i = 0; i < term.count; ++i) visit(argument(term, i), base);
        return std::nullopt;
    }

    void visit(TermIndex index, const Reference* base) {
        if (auto found = locate(index, base)) add(std::move(*found));
    }

    void add(Reference reference) { program_.references.push_back(std::move(reference)); }

    TermIndex argument(const Term& term, std::size_t at) const {
        return program_.operands[term.first + at].term;
    }

    std::optional<Reference> locate_path(const Path& path, const Reference* base) {
        const std::size_t before = program_.references.size();
        std::optional<Reference> at = start(path, base);
        if (!at) {
            // Nodes of several origins: start() added them; the steps lead somewhere around them.
            for (std::size_t i = before; i < program_.references.size(); ++i)
                program_.references[i].steps.push_back({ReferenceStepKind::anything});
            return std::nullopt;
        }
        if (base != nullptr) at->in_predicate = true;
        at->steps.reserve(at->steps.size() + path.steps.size());
        for (const Predicate& predicate : path.filters) test(predicate, *at);
        for (const Step& step : path.steps) {
            append(step, *at);
            for (const Predicate& predicate : step.predicates) test(predicate, *at);
        }
        return at;
    }

    std::optional<Reference> start(const Path& path, const Reference* base) {
        if (path.start == PathStart::context) return base != nullptr ? *base : Reference{};
        if (path.start == PathStart::term) return locate(path.from, base);
        Reference root;
        root.start = ReferenceStart::root;
        return root;
    }

    void test(const Predicate& predicate, Reference& at) {
        visit(predicate.term, &at);
        if (!at.steps.empty()) at.steps.back().filtered = true;
    }

    static void append(const Step& step, Reference& at) {
        const bool named = step.test.kind == TestKind::name;
        const auto push = [&at](ReferenceStepKind kind, Name name = kNoName) {
            at.steps.push_back({kind, name});
        };
        switch (step.axis) {
            case Axis::self: return;
            case Axis::child:
                if (step.test.kind == TestKind::text) return;
                return named ? push(ReferenceStepKind::child, step.test.name)
                             : push(ReferenceStepKind::anything);
            case Axis::attribute:
                return named ? push(ReferenceStepKind::attribute, step.test.name)
                             : push(ReferenceStepKind::anything);
            case Axis::parent: return push(ReferenceStepKind::parent);
            case Axis::descendant:
            case Axis::descendant_or_self: return push(ReferenceStepKind::anything);
            case Axis::following_sibling:
            case Axis::preceding_sibling:
                push(ReferenceStepKind::parent);
                return push(ReferenceStepKind::anything);
            default:
                if (at.start != ReferenceStart::instance) at.start = ReferenceStart::root;
                at.steps.clear();
                return push(ReferenceStepKind::anything);
        }
    }

    std::optional<Reference> locate_call(const Term& term, const Reference* base) {
        const std::string_view name = term.function->name;
        if (name == "current") return Reference{};
        if (name == "instance" && literal(term, 0) != nullptr) return instance(*literal(term, 0));
        if (name == "randomize") {
            if (term.count == 2) visit(argument(term, 1), base);
            return locate(argument(term, 0), base);
        }
        if (name == "position" && term.count == 1) return position(term, base);
        if (name == "indexed-repeat") return indexed_repeat(term, base);
        if (name == "pulldata" && literal(term, 0) != nullptr) add(instance(*literal(term, 0)));
        if (name == "jr:choice-name" && literal(term, 1) != nullptr) labelled(*literal(term, 1));
        const bool reads_context =
            (term.function->traits & kContext) != 0 ||
            (term.count == 0 && (term.function->traits & kContextIfBare) != 0);
        if (reads_context && base == nullptr && name != "once" && name != "jr:choice-name")
            add(Reference{});
        for (std::size_t i = 0; i < term.count; ++i) visit(argument(term, i), base);
        return std::nullopt;
    }

    const std::string* literal(const Term& term, std::size_t at) const {
        const Term& text = program_.terms[argument(term, at)];
        return text.kind == TermKind::text ? &program_.texts[text.detail] : nullptr;
    }

    Reference instance(const std::string& id) {
        if (std::ranges::find(program_.instances, id) == program_.instances.end())
            program_.instances.push_back(id);
        Reference reference;
        reference.start = ReferenceStart::instance;
        reference.instance = id;
        return reference;
    }

    std::optional<Reference> position(const Term& term, const Reference* base) {
        if (auto node = locate(argument(term, 0), base)) {
            node->counts_siblings = true;
            add(std::move(*node));
        }
        return std::nullopt;
    }

    // Which instance is meant is known only when it runs.
    std::optional<Reference> indexed_repeat(const Term& term, const Reference* base) {
        for (std::size_t i = 0; i < term.count; ++i) {
            const bool is_path = i == 0 || i % 2 == 1;
            auto found = locate(argument(term, i), base);
            if (!found) continue;
            found->any_instance = is_path;
            add(std::move(*found));
        }
        return std::nullopt;
    }

    // jr:choice-name() names its question as text; the label depends on that question's list.
    void labelled(const std::string& path) {
        Result<Program> inner = parse(trimmed(path), names_, {});
        if (!inner || !analyze(*inner, names_)) return;
        for (Reference& reference : inner->references) add(std::move(reference));
    }

    bool is_plain(const Term& term) const {
        if (term.kind != TermKind::path) return false;
        const Path& path = program_.paths[term.detail];
        const auto simple = [](const Step& step) {
            return step.predicates.empty() &&
                   (step.axis == Axis::child || step.axis == Axis::attribute ||
                    step.axis == Axis::parent || step.axis == Axis::self) &&
                   (step.test.kind == TestKind::name || step.test.kind == TestKind::node);
        };
        return path.filters.empty() && std::ranges::all_of(path.steps, simple);
    }

    Program& program_;
    Names& names_;
};

}  // namespace

void collect_references(Program& program, Names& names) {
    Collector{program, names}.run();
}

}  // namespace bordereau::form::xpath
