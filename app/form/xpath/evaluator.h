// app/form/xpath/evaluator.h - one run of a Program. Errors are kept, not passed: after the first
// one every value is empty, and whoever started the run asks for it at the end.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/form/xpath/context.h"
#include "app/form/xpath/program.h"
#include "app/form/xpath/value.h"

namespace bordereau::form::xpath {

/// The context of XPath: a node and its place in the list that is being walked.
struct Focus {
    NodeRef node;
    std::size_t position = 1;
    std::size_t size = 1;
};

class Evaluator {
public:
    /// Nodes that one run may look at: far above any form's need, yet a runaway expression ends
    /// within a second or so instead of never.
    static constexpr std::size_t kMostNodes = 50'000'000;

    Evaluator(const Program& program, const Context& context);

    Value value(TermIndex term, const Focus& focus);
    bool boolean(TermIndex term, const Focus& focus);
    double number(TermIndex term, const Focus& focus);
    /// Looks into the tree, the program or `scratch`.
    std::string_view text(TermIndex term, const Focus& focus, std::string& scratch);
    NodeSet nodes(TermIndex term, const Focus& focus);

    const Program& program() const { return program_; }
    const Context& context() const { return context_; }
    const Services& services() const { return *services_; }
    Focus start() const { return {context_.node, context_.position, context_.size}; }
    NodeRef current() const { return context_.current; }
    /// The primary instance's tree: where absolute paths start.
    const Tree* primary() const { return context_.primary; }

    /// The nodes of instance(id), and its lookup for later predicates.
    NodeRef open_instance(std::string_view id);

    /// Null for trees that instance() did not open, and for those without.
    const Lookup* lookup_of(const Tree* tree) const;

    void fail(std::size_t position, std::string what);
    bool failed() const { return error_.has_value(); }
    const std::optional<Error>& error() const { return error_; }
    /// Accounts for one node looked at; false once there were too many.
    bool spend(std::size_t nodes = 1) {
        spent_ += nodes;
        if (spent_ > kMostNodes) [[unlikely]]
            fail(0, "the expression takes too many steps");
        return !failed();
    }

private:
    struct Opened {
        const Tree* tree;
        const Lookup* lookup;
    };

    Value call(const Term& term, const Focus& focus);
    bool any_of(const Term& term, const Focus& focus);
    bool all_of(const Term& term, const Focus& focus);
    bool comparison(const Term& term, const Focus& focus);
    /// An empty node-set as the context wants it compared.
    Value present(Value value) const;
    double arithmetic(const Term& term, const Focus& focus);
    NodeSet united(const Term& term, const Focus& focus);

    NodeSet path(const Path& path, const Focus& focus);
    NodeSet path_start(const Path& path, const Focus& focus);
    std::size_t narrow(const Path& path, const Focus& focus, NodeRef& at);
    NodeSet step(const Step& step, const NodeSet& from, bool& flat);
    void step_from(const Step& step, NodeRef from, NodeSet& out);
    bool looked_up(const Step& step, NodeRef from, std::vector<NodeRef>& out);
    std::optional<Lookup::Rows> rows_with(const Lookup& lookup, const Equality& equality,
                                          NodeRef from, Name row);
    bool looked_up_among(const Lookup& lookup, const Step& step, NodeRef from,
                         std::vector<NodeRef>& out);
    void keep_rows(Lookup::Rows rows, const Step& step, NodeRef from, std::vector<NodeRef>& out);
    bool at_position(const Step& step, NodeRef from, NodeSet& out);
    std::optional<double> wanted_position(const Predicate& predicate, const Focus& focus);
    bool keep_at_position(const Predicate& predicate, std::vector<NodeRef>& nodes);
    void filter(const Predicate& predicate, std::vector<NodeRef>& nodes);
    bool accepts(const Predicate& predicate, const Focus& focus);

    const Program& program_;
    Context context_;
    const Services* services_;
    std::optional<Error> error_;
    std::size_t spent_ = 0;
    std::vector<Opened> opened_;
};

}  // namespace bordereau::form::xpath
