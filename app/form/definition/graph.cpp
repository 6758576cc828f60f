#include "app/form/definition/graph.h"

#include <algorithm>
#include <string>

#include "app/form/definition/definition.h"
#include "app/form/definition/order.h"

namespace bordereau::form {
namespace {

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
        : form_(definition), findings_(findings) {
        graph_.of_node.resize(form_.model.size());
        graph_.value_changes.resize(form_.model.size());
        graph_.set_changes.resize(form_.repeats.size());
        graph_.order_changes.resize(form_.repeats.size());
    }

    Graph build() {
        for (ModelIndex node = 0; node < form_.model.size(); ++node) add_vertices(node);
        reads_.resize(graph_.vertices.size());
        for (VertexIndex vertex = 0; vertex < graph_.vertices.size(); ++vertex) add_edges(vertex);
        share_lists();
        for (auto* lists : {&graph_.value_changes, &graph_.set_changes, &graph_.order_changes})
            for (auto& list : *lists) keep_each_once(list);
        order_vertices(form_, graph_, findings_);
        return std::move(graph_);
    }

private:
    void add_vertex(VertexKind kind, ModelIndex node, ExpressionIndex expression) {
        if (expression == kNone) return;
        graph_.of_node[node].push_back(static_cast<VertexIndex>(graph_.vertices.size()));
        graph_.vertices.push_back({kind, node, expression, 0});
    }

    void add_vertices(ModelIndex node) {
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
        const auto context = entry.kind == VertexKind::count
                                 ? form_.repeats[form_.model[entry.node].frame].count_context
                                 : entry.node;
        for (const auto& reference : expression.references())
            add_reference(vertex, context, reference);
        if (entry.kind == VertexKind::constraint)
            graph_.value_changes[entry.node].push_back({vertex, form_.depth_of(entry.node)});
        if (expression.uses_position()) depend_on_order(vertex, entry.node);
        if (reads_language(expression)) graph_.language_changes.push_back(vertex);
    }

    void add_reference(VertexIndex vertex, ModelIndex context, const Reference& reference) {
        if (reference.start == ReferenceStart::instance) {
            check_instance(vertex, reference.instance);
            return;
        }
        const auto names = form_.names_to(context);
        const auto resolved = resolve(reference, names);
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

    ModelIndex root_named(Name name) const { return form_.model[0].name == name ? 0 : kNone; }

    void depend(VertexIndex vertex, ModelIndex node, std::uint32_t shared, bool subtree) {
        const auto& entry = form_.model[node];
        graph_.value_changes[node].push_back({vertex, shared});
        reads_[vertex].push_back(node);
        for (auto repeat = entry.frame; repeat != kNone; repeat = form_.repeats[repeat].outer)
            if (form_.repeats[repeat].depth > shared)
                graph_.set_changes[repeat].push_back({vertex, shared});
        if (!subtree) return;
        for (const auto child : entry.children) depend(vertex, child, shared, true);
    }

    /// Positions of later instances change when an earlier one goes.
    void depend_on_order(VertexIndex vertex, ModelIndex node) {
        for (auto repeat = form_.model[node].frame; repeat != kNone;
             repeat = form_.repeats[repeat].outer)
            if (form_.is_within(graph_.vertices[vertex].node, form_.repeats[repeat].node))
                graph_.order_changes[repeat].push_back({vertex, form_.repeats[repeat].depth});
    }

    static void keep_each_once(std::vector<Dependent>& list) {
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
    }

    /// jr:choice-name() reads the list of another question: what changes that list changes it too.
    void share_lists() {
        for (VertexIndex vertex = 0; vertex < graph_.vertices.size(); ++vertex) {
            const auto& expression = form_.expression(graph_.vertices[vertex].expression);
            if (!has_name(expression.text(), "choice-name")) continue;
            const auto direct = reads_[vertex];
            for (const auto select : direct)
                for (const auto own : graph_.of_node[select])
                    if (graph_.vertices[own].kind == VertexKind::itemset && own != vertex)
                        follow_list(vertex, own);
        }
    }

    /// The instances concerned are not worked out: all of them are always right.
    void follow_list(VertexIndex vertex, VertexIndex itemset) {
        const auto read = reads_[itemset];
        for (const auto node : read) depend(vertex, node, 0, false);
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
    std::vector<std::vector<ModelIndex>> reads_;  ///< by vertex
};

}  // namespace

Graph build_graph(const Definition& definition, Diagnostics& findings) {
    return GraphBuilder{definition, findings}.build();
}

}  // namespace bordereau::form
