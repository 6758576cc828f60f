#include "app/form/definition/order.h"

#include <algorithm>

namespace bordereau::form {
namespace {

enum class Mark : std::uint8_t { fresh, open, closed };

/// A vertex on the way of a depth-first walk. Walks keep their own stack: chains of thousands of
/// questions are common.
struct Visit {
    VertexIndex vertex;
    std::size_t next;  ///< into the followers
};

class VertexOrder {
public:
    VertexOrder(const Definition& form, Graph& graph, Diagnostics& findings)
        : form_(form), graph_(graph), findings_(findings) {
        collect_followers();
    }

    void run() {
        walk(true);
        walk(false);
        for (std::size_t at = 0; at < finished_.size(); ++at)
            graph_.vertices[finished_[at]].rank = static_cast<std::uint32_t>(finished_.size() - at);
    }

private:
    struct Follower {
        VertexIndex vertex;
        bool binding;  ///< counts for cycles
    };

    /// Nothing can read whether a question is required or readonly, so only a direct reference
    /// of such an expression to its own question goes round in a circle.
    static bool binds(VertexKind from, VertexKind to, bool same_question) {
        const auto feeds = [](VertexKind kind) {
            return kind == VertexKind::relevant || kind == VertexKind::calculate;
        };
        if (feeds(from) && feeds(to)) return true;
        return same_question && from == to &&
               (from == VertexKind::readonly || from == VertexKind::required);
    }

    void collect_followers() {
        followers_.reserve(graph_.vertices.size());
        first_.reserve(graph_.vertices.size() + 1);
        for (VertexIndex vertex = 0; vertex < graph_.vertices.size(); ++vertex) {
            const auto& entry = graph_.vertices[vertex];
            first_.push_back(followers_.size());
            if (entry.kind == VertexKind::constraint) continue;
            follow(vertex, entry.node, entry.kind == VertexKind::relevant);
            if (entry.kind == VertexKind::count) follow_count(vertex);
        }
        first_.push_back(followers_.size());
    }

    void follow(VertexIndex vertex, ModelIndex node, bool descend) {
        const auto depth = form_.depth_of(node);
        for (const auto& dependent : graph_.value_changes[node]) {
            const auto& target = graph_.vertices[dependent.vertex];
            // A row may depend on another row of the same question: that is no cycle.
            const bool same_row = dependent.shared == std::min(depth, form_.depth_of(target.node));
            const bool binding = same_row && binds(graph_.vertices[vertex].kind, target.kind,
                                                   dependent.vertex == vertex);
            followers_.push_back({dependent.vertex, binding});
        }
        if (!descend) return;
        for (const auto child : form_.model[node].children) follow(vertex, child, true);
    }

    void follow_count(VertexIndex vertex) {
        const auto repeat = form_.model[graph_.vertices[vertex].node].frame;
        for (const auto& dependent : graph_.set_changes[repeat])
            followers_.push_back({dependent.vertex, false});
        for (const auto node : form_.repeats[repeat].nodes)
            for (auto inside = graph_.begin_of(node); inside < graph_.end_of(node); ++inside)
                if (inside != vertex) followers_.push_back({inside, false});
    }

    void walk(bool for_cycles) {
        marks_.assign(graph_.vertices.size(), Mark::fresh);
        finished_.clear();
        for (VertexIndex vertex = 0; vertex < graph_.vertices.size(); ++vertex)
            if (marks_[vertex] == Mark::fresh) walk_from(vertex, for_cycles);
    }

    void walk_from(VertexIndex start, bool for_cycles) {
        std::vector<Visit> way{{start, first_[start]}};
        marks_[start] = Mark::open;
        while (!way.empty()) {
            auto& top = way.back();
            if (top.next == first_[top.vertex + 1]) {
                marks_[top.vertex] = Mark::closed;
                finished_.push_back(top.vertex);
                way.pop_back();
                continue;
            }
            const auto follower = followers_[top.next++];
            if (for_cycles && !follower.binding) continue;
            if (marks_[follower.vertex] == Mark::open && for_cycles) report(way, follower.vertex);
            if (marks_[follower.vertex] != Mark::fresh) continue;
            marks_[follower.vertex] = Mark::open;
            way.push_back({follower.vertex, first_[follower.vertex]});
        }
    }

    const std::string& path_of(VertexIndex vertex) const {
        return form_.model[graph_.vertices[vertex].node].path;
    }

    void report(const std::vector<Visit>& way, VertexIndex first) {
        const auto start = std::find_if(
            way.begin(), way.end(), [first](const Visit& visit) { return visit.vertex == first; });
        std::vector<std::string> through;
        for (auto at = start + 1; at < way.end(); ++at)
            if (path_of(at->vertex) != path_of(first)) through.push_back(path_of(at->vertex));
        through.erase(std::unique(through.begin(), through.end()), through.end());
        std::string message = "The question " + path_of(first) + " depends on itself";
        for (std::size_t at = 0; at < through.size(); ++at)
            message += (at == 0 ? " through " : ", ") + through[at];
        findings_.push_back({Severity::error,
                             {},
                             0,
                             {},
                             path_of(first),
                             message + ".",
                             "Remove one of the references."});
    }

    const Definition& form_;
    Graph& graph_;
    Diagnostics& findings_;
    std::vector<Follower> followers_;  ///< of one vertex behind those of the one before
    std::vector<std::size_t> first_;   ///< by vertex, and one more behind the last
    std::vector<Mark> marks_;
    std::vector<VertexIndex> finished_;
};

}  // namespace

void order_vertices(const Definition& definition, Graph& graph, Diagnostics& findings) {
    VertexOrder{definition, graph, findings}.run();
}

}  // namespace bordereau::form
