#include "app/form/definition/graph.h"

#include <algorithm>
#include <string>

#include "app/form/definition/definition.h"
#include "app/form/definition/order.h"

namespace bordereau::form {
namespace {

/// Thousands of expressions that each read thousands of questions: no form needs it.
constexpr std::size_t kMostEdges = 20'000'000;

bool has_name(const std::string& text, std::string_view name) {
    return text.find(name) != std::string::npos;
}

/// Texts and choice labels change with the language.
bool reads_language(const Expression& expression) {
    const auto& text = expression.text();
    return has_name(text, "jr:itext") || has_name(text, "jr:choice-name") ||
           has_name(text, "format-date");
}

class GraphBuilder {
public:
    GraphBuilder(const Definition& definition, Diagnostics& findings)
        : form_(definition), findings_(findings) {}

    Graph build() {
        graph_.first_of_node.reserve(form_.model.size() + 1);
        for (ModelIndex node = 0; node < form_.model.size(); ++node) add_vertices(node);
        graph_.first_of_node.push_back(static_cast<VertexIndex>(graph_.vertices.size()));
        for (VertexIndex vertex = 0; vertex < graph_.vertices.size(); ++vertex) add_edges(vertex);
        share_lists();
        graph_.value_changes.fill(std::move(value_changes_), form_.model.size());
        graph_.set_changes.fill(std::move(set_changes_), form_.repeats.size());
        graph_.order_changes.fill(std::move(order_changes_), form_.repeats.size());
        order_vertices(form_, graph_, findings_);
        return std::move(graph_);
    }

private:
    void add_vertex(VertexKind kind, ModelIndex node, ExpressionIndex expression) {
        if (expression == kNone) return;
        const auto& entry = form_.model[node];
        Vertex vertex{kind,
                      node,
                      expression,
                      0,
                      entry.frame,
                      entry.slot,
                      form_.expression(expression).uses_position()};
        if (kind == VertexKind::count) {
            vertex.frame = form_.repeats[entry.frame].outer;
            vertex.slot = form_.repeats[entry.frame].slot;
        }
        graph_.vertices.push_back(vertex);
    }

    void add_vertices(ModelIndex node) {
        graph_.first_of_node.push_back(static_cast<VertexIndex>(graph_.vertices.size()));
        const auto& bind = form_.model[node].bind;
        add_vertex(VertexKind::relevant, node, bind.relevant);
        add_vertex(VertexKind::calculate, node, bind.calculate);
        add_vertex(VertexKind::readonly, node, bind.readonly);
        add_vertex(VertexKind::required, node, bind.required);
        add_vertex(VertexKind::constraint, node, bind.constraint);
        if (form_.model[node].is_repeat)
            add_vertex(VertexKind::count, node, form_.repeats[form_.model[node].frame].count);
        for (const auto control : form_.model[node].controls) {
            const auto itemset = form_.controls[control].itemset;
            if (itemset != kNone && !form_.itemsets[itemset].fixed)
                add_vertex(VertexKind::itemset, node, form_.itemsets[itemset].nodes);
        }
    }

    void add_edges(VertexIndex vertex) {
        const auto& entry = graph_.vertices[vertex];
        const auto& expression = form_.expression(entry.expression);
        const auto context = context_of(entry);
        for (const auto& reference : expression.references())
            add_reference(vertex, context, reference);
        if (entry.kind == VertexKind::constraint)
            value_changes_.push_back({entry.node, {vertex, form_.depth_of(entry.node)}});
        if (entry.uses_position) depend_on_order(vertex, entry.node);
        if (reads_language(expression)) graph_.language_changes.push_back(vertex);
    }

    ModelIndex context_of(const Vertex& vertex) const {
        const auto& node = form_.model[vertex.node];
        if (vertex.kind == VertexKind::count) return form_.repeats[node.frame].count_context;
        const bool joined =
            vertex.kind == VertexKind::calculate && node.bind.calculate_context != kNone;
        return joined ? node.bind.calculate_context : vertex.node;
    }

    void add_reference(VertexIndex vertex, ModelIndex context, const Reference& reference) {
        if (reference.start == ReferenceStart::instance) {
            check_instance(vertex, reference.instance);
            return;
        }
        const auto resolved = resolve(reference, names_to(context));
        if (!resolved) return;
        auto at = ModelIndex{kNone};
        std::uint32_t shared = 0;
        for (std::size_t step = 0; step < resolved->path.size(); ++step) {
            const bool last = step + 1 == resolved->path.size();
            at = step == 0 ? root_named(resolved->path[0])
                           : form_.child(at, resolved->path[step], last && resolved->is_attribute);
            if (at == kNone) return report_missing(vertex, *resolved);
            if (step < resolved->own) shared = form_.depth_of(at);
        }
        if (at == kNone) at = 0;
        // position(..) and the like look at where a node stands, not at its value.
        if (reference.counts_siblings && resolved->own == resolved->path.size() &&
            form_.is_within(context, at))
            return depend_on_order(vertex, at);
        // jr:count decides about all instances: it belongs to what lies around the repeat.
        if (graph_.vertices[vertex].kind == VertexKind::count)
            shared = std::min(shared, form_.depth_of(graph_.vertices[vertex].node) - 1);
        depend(vertex, at, shared, resolved->whole_subtree);
        if (reference.counts_siblings || form_.model[at].is_repeat) depend_on_order(vertex, at);
    }

    const std::vector<Name>& names_to(ModelIndex context) {
        if (context != named_) names_ = form_.names_to(named_ = context);
        return names_;
    }

    ModelIndex root_named(Name name) const { return form_.model[0].name == name ? 0 : kNone; }

    void depend(VertexIndex vertex, ModelIndex node, std::uint32_t shared, bool subtree) {
        const auto& entry = form_.model[node];
        if (++edges_ > kMostEdges) return report_too_many(vertex);
        value_changes_.push_back({node, {vertex, shared}});
        reads_.push_back({vertex, node});
        for (auto repeat = entry.frame; repeat != kNone; repeat = form_.repeats[repeat].outer)
            if (form_.repeats[repeat].depth > shared)
                set_changes_.push_back({repeat, {vertex, shared}});
        if (!subtree) return;
        for (const auto child : entry.children) depend(vertex, child, shared, true);
    }

    /// Positions of later instances change when an earlier one goes.
    void depend_on_order(VertexIndex vertex, ModelIndex node) {
        for (auto repeat = form_.model[node].frame; repeat != kNone;
             repeat = form_.repeats[repeat].outer)
            if (form_.is_within(graph_.vertices[vertex].node, form_.repeats[repeat].node))
                order_changes_.push_back({repeat, {vertex, form_.repeats[repeat].depth}});
    }

    /// jr:choice-name() reads the list of another question: what changes that list changes it too.
    void share_lists() {
        direct_reads_ = reads_.size();
        for (VertexIndex vertex = 0; vertex < graph_.vertices.size(); ++vertex) {
            const auto& expression = form_.expression(graph_.vertices[vertex].expression);
            if (!has_name(expression.text(), "choice-name")) continue;
            for (const auto select : read_by(vertex))
                for (auto own = graph_.begin_of(select); own < graph_.end_of(select); ++own)
                    if (graph_.vertices[own].kind == VertexKind::itemset && own != vertex)
                        follow_list(vertex, own);
        }
    }

    /// The instances concerned are not worked out: all of them are always right.
    void follow_list(VertexIndex vertex, VertexIndex itemset) {
        for (const auto node : read_by(itemset)) depend(vertex, node, 0, false);
    }

    /// Vertices are gone through in order, so the first of its own is found by halving.
    std::vector<ModelIndex> read_by(VertexIndex vertex) const {
        std::vector<ModelIndex> nodes;
        const auto direct = std::span{reads_}.first(direct_reads_);
        for (auto at = std::ranges::lower_bound(direct, vertex, {}, &Read::vertex);
             at != direct.end() && at->vertex == vertex; ++at)
            nodes.push_back(at->node);
        return nodes;
    }

    void check_instance(VertexIndex vertex, const std::string& id) {
        if (form_.instances.contains(id) || id == form_.last_saved_id) return;
        report(vertex, "refers to the list \"" + id + "\", which the form does not have.");
    }

    void report_missing(VertexIndex vertex, const ResolvedReference& resolved) {
        std::string path;
        for (const auto name : resolved.path) path += "/" + form_.names->text(name);
        report(vertex, "refers to " + path + ", which the form does not have.");
    }

    void report_too_many(VertexIndex vertex) {
        if (edges_ > kMostEdges + 1) return;
        report(vertex, "reads the whole form, as too many others do.");
        findings_.back().severity = Severity::error;
        findings_.back().remedy = "Write paths to single questions instead of // and *.";
    }

    void report(VertexIndex vertex, const std::string& what) {
        const auto& entry = graph_.vertices[vertex];
        findings_.push_back(
            {Severity::warning,
             {},
             0,
             {},
             form_.model[entry.node].path,
             "The expression \"" + form_.expression(entry.expression).text() + "\" " + what,
             "Correct the name; until then it counts as empty."});
    }

    const Definition& form_;
    Diagnostics& findings_;
    Graph graph_;
    struct Read {
        VertexIndex vertex;
        ModelIndex node;
    };
    std::vector<DependentLists::Pair> value_changes_, set_changes_, order_changes_;
    std::vector<Read> reads_;
    std::size_t direct_reads_ = 0;  ///< the first ones: those of the expressions themselves
    ModelIndex named_ = kNone;      ///< whose names `names_` holds
    std::vector<Name> names_;
    std::size_t edges_ = 0;
};

}  // namespace

void DependentLists::fill(std::vector<Pair> pairs, std::size_t count) {
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    all_.reserve(pairs.size());
    ends_.assign(count + 1, 0);
    for (const auto& [of, dependent] : pairs) {
        all_.push_back(dependent);
        ends_[of + 1] = static_cast<std::uint32_t>(all_.size());
    }
    for (std::size_t at = 1; at < ends_.size(); ++at)
        ends_[at] = std::max(ends_[at], ends_[at - 1]);
}

Graph build_graph(const Definition& definition, Diagnostics& findings) {
    return GraphBuilder{definition, findings}.build();
}

}  // namespace bordereau::form
