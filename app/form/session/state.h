// app/form/session/state.h - what a Session holds: the filled tree, the instances of repeats, and
// the work that a change has left to do. Inside of the engine only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <queue>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/form/definition/canonical.h"
#include "app/form/definition/definition.h"
#include "app/form/session/session.h"

namespace bordereau::form {

using FrameIndex = std::uint32_t;   ///< into State::frames
using SeriesIndex = std::uint32_t;  ///< into State::series

/// The record outside of repeats, or one instance of a repeat: its nodes by ModelNode::slot.
struct Frame {
    RepeatIndex repeat = kNone;  ///< kNone: the record outside of repeats
    SeriesIndex series = kNone;  ///< the one it belongs to
    FrameIndex outer = kNone;
    std::vector<NodeIndex> nodes;    ///< kNoNode where the instance has no such node
    std::vector<SeriesIndex> inner;  ///< by Repeat::slot
    std::string key;                 ///< in entry paths
    std::uint32_t position = 0;      ///< index in Series::instances
    std::uint32_t order = 0;         ///< value of its entry; grows with each added instance
};

/// All instances of one repeat in one outer frame.
struct Series {
    RepeatIndex repeat = kNone;
    FrameIndex outer = kNone;
    std::vector<FrameIndex> instances;
    std::unordered_map<std::string, FrameIndex> by_key;  ///< empty while there are few
    std::uint32_t highest_order = 0;                     ///< of its instances
    std::uint32_t generation = 0;
    bool alive = false;
    bool dirty = false;  ///< its count waits for evaluation
};

/// Flags of a node beside its value and relevance, which the tree holds.
enum NodeFlag : std::uint16_t {
    kRequired = 1,
    kReadonly = 2,
    kConstraintFails = 4,
    kTypeFails = 8,
    kRecorded = 16,  ///< has an entry
    kPending = 32,   ///< its entry changed since take_entries()
    kByPerson = 64   ///< a calculated value that a person replaced
};

/// Beside each tree node, by the same index.
struct NodeState {
    ModelIndex model = kNone;
    FrameIndex frame = 0;
    std::uint16_t flags = 0;
    std::uint8_t dirty = 0;  ///< one bit per VertexKind that waits for evaluation
    std::uint32_t changed =
        0;  ///< State::revision when its value or a flag that shows changed last
};

/// A vertex at a node (or, for counts, at a series) waiting for evaluation.
struct Task {
    std::uint32_t rank = 0;
    std::uint32_t sequence = 0;  ///< equal ranks keep document order
    VertexIndex vertex = kNone;
    std::uint32_t target = 0;
    bool operator>(const Task& other) const {
        return rank != other.rank ? rank > other.rank : sequence > other.sequence;
    }
};

/// Choices and the items they were made of. Never changed, and shared by all questions whose filter
/// leaves the same items.
struct MadeChoices {
    std::vector<NodeRef> items;
    std::vector<Choice> choices;
};

struct ChoiceList {
    std::uint32_t revision = 0;  ///< of State at which it was right
    std::shared_ptr<const MadeChoices> made;
};

/// An answer that its filtered list no longer offers. It comes back with the list, unless
/// something else has been answered since.
struct Withdrawn {
    std::string given;
    std::string left;  ///< what of it was still offered
};

struct Session::State {
    State(std::shared_ptr<const Form> for_form, Environment with);

    const std::shared_ptr<const Form> form;
    const Definition& def;
    Environment environment;
    Services services;
    Tree tree;
    std::vector<NodeState> nodes;
    std::vector<Frame> frames;
    std::vector<FrameIndex> unused_frames;
    std::vector<Series> series;
    std::vector<SeriesIndex> unused_series;
    std::priority_queue<Task, std::vector<Task>, std::greater<>> tasks;
    std::uint32_t next_sequence = 0;
    std::uint64_t evaluations = 0;  ///< expressions evaluated after changes, since the beginning
    std::uint32_t revision = 1;     ///< grows with every change
    std::uint32_t all_changed = 0;  ///< revision when something changed that shows anywhere
    std::uint64_t layout_revision = 1;  ///< grows when elements appear, vanish or move
    bool frozen = false;                ///< volatile calculations keep their recorded value
    bool starting = false;              ///< a new record gets its first values
    bool loading = false;               ///< recorded values count more than calculations
    NodeIndex text_context = 0;         ///< where jr:itext() fills in outputs
    int text_depth = 0;                 ///< texts within texts being filled in
    std::unique_ptr<SecondaryInstance> last_saved;

    std::map<const Expression*, Diagnostic> failures;  ///< of evaluations, by expression

    std::vector<NodeId> pending;           ///< nodes whose entries changed, in order
    std::vector<Entry> pending_instances;  ///< added and removed instances
    std::map<std::string, Entry> aside;    ///< entries that fit nothing, by path
    std::map<std::string, std::uint32_t> instance_entries;  ///< added instances, by key path
    std::set<std::string> removed_instances;  ///< key paths of instances that are gone

    std::vector<Element> elements;
    std::uint64_t elements_revision = 0;
    std::map<std::pair<std::uint32_t, NodeIndex>, ChoiceList> lists;
    /// The latest lists of each itemset, by a hash of their items.
    std::unordered_map<std::uint64_t, std::weak_ptr<const MadeChoices>> made_choices;
    std::map<ExpressionIndex, Name> label_columns;  ///< of lists from files, in this language
    std::map<NodeId, Withdrawn> withdrawn;

    // state.cpp: ids and small questions
    NodeId id_of(NodeIndex node) const;
    NodeId id_of_series(SeriesIndex index) const;
    bool alive(NodeId id) const;             ///< of a node, not of a series
    SeriesIndex series_of(NodeId id) const;  ///< kNone if it is none
    const ModelNode& model(NodeIndex node) const { return def.model[nodes[node].model]; }
    const std::string& text(NodeIndex node) const { return tree.text(node); }
    bool has(NodeIndex node, NodeFlag flag) const { return nodes[node].flags & flag; }
    void set_flag(NodeIndex node, NodeFlag flag, bool on);
    Context context_at(NodeIndex node);
    /// With position() and last() counted among siblings, for the expressions that ask.
    Context context_for(NodeIndex node, const Expression& expression);
    void connect_services();
    /// The node of a model node that a frame (or an outer one) holds; kNoNode if there is none.
    NodeIndex node_in(FrameIndex frame, ModelIndex node) const;
    std::uint32_t depth_of(FrameIndex frame) const;
    FrameIndex outer_at(FrameIndex frame, std::uint32_t depth) const;
    /// Calls `visit` with all frames of a repeat (kNone: the outermost) beneath `from`.
    void each_frame(FrameIndex from, RepeatIndex of,
                    const std::function<void(FrameIndex)>& visit) const;

    // instances.cpp: nodes and frames come and go
    void build_record(const Blueprint& blueprint);
    NodeIndex instantiate(const Blueprint& blueprint, NodeIndex parent, FrameIndex frame,
                          NodeIndex before);
    FrameIndex open_frame(RepeatIndex repeat, SeriesIndex of);
    SeriesIndex open_series(RepeatIndex repeat, FrameIndex outer);
    void fill_missing_series(FrameIndex frame);
    NodeIndex place_for(SeriesIndex of) const;
    FrameIndex append_instance(SeriesIndex of, std::string key, std::uint32_t order);
    void move_instance(SeriesIndex of, std::uint32_t position);  ///< the last one, to there
    FrameIndex create_instance(SeriesIndex of, std::string key, std::uint32_t order);
    void remove_instance(FrameIndex frame);
    void forget_key(SeriesIndex of, FrameIndex frame);
    void set_order(FrameIndex frame, std::uint32_t order);
    void close_frame(FrameIndex frame);
    void set_count(SeriesIndex of, double wanted);
    bool series_relevant(SeriesIndex of);
    /// Asks a question at an instance that would come next: it stands there for a moment.
    void at_next_instance(SeriesIndex of, const std::function<void(NodeIndex)>& ask);

    // recalculate.cpp: evaluation after a change
    bool set_value(NodeIndex node, std::string_view text);
    void notify(NodeIndex node);
    void notify_set(SeriesIndex of);
    void notify_order(SeriesIndex of, std::uint32_t from);
    void schedule(const Dependent& dependent, FrameIndex changed);
    void schedule_at(VertexIndex vertex, FrameIndex frame);
    void push(VertexIndex vertex, std::uint32_t target);
    void schedule_frame(FrameIndex frame);
    void run();
    void evaluate(const Task& task);
    /// The text of a calculated value in a node.
    std::string stored(const Value& value, NodeIndex node);
    void evaluate_calculate(NodeIndex node, const Expression& expression);
    void evaluate_relevant(NodeIndex node, const Expression& expression);
    void evaluate_flag(NodeIndex node, const Expression& expression, NodeFlag flag);
    void evaluate_constraint(NodeIndex node, const Expression& expression);
    void evaluate_count(SeriesIndex of, const Expression& expression);
    void note_too_many(SeriesIndex of, double wanted);
    void note_failure(NodeIndex node, const Expression& expression, const Error& error);
    bool stands_for_true(NodeRef ref) const;
    bool test(NodeIndex node, const Expression& expression, bool otherwise);

    // actions.cpp: events and preloads
    void preload(FrameIndex frame);
    void preload_node(NodeIndex node);
    void fire(Event event);
    void fire_new_repeat(FrameIndex frame);
    void fire_value_changed(NodeIndex node);
    std::string present_position() const;
    void perform(const Action& action, NodeIndex target);
    void finish();
    /// Where neither the form nor the record has one: servers refuse records without.
    void give_identifier();
    /// A record read from XML: its values, then what happens on every load.
    void take_up(const Blueprint& record, bool wants_identifier);

    // choices.cpp
    const std::shared_ptr<const MadeChoices>& choices_of(std::uint32_t control, NodeIndex node);
    std::shared_ptr<const MadeChoices> make_choices(const Control& control, NodeIndex node);
    /// Where the items alone decide: the list that was made of them before, if anybody holds it.
    std::shared_ptr<const MadeChoices> share_choices(const Control& control, NodeIndex node,
                                                     const std::shared_ptr<const MadeChoices>& old);
    Name label_in_language(ExpressionIndex label);
    Choice make_choice(const Itemset& itemset, NodeRef item, NodeIndex node);
    std::vector<std::string> offered_values(const Itemset& itemset, NodeIndex node);
    void drop_stale_answers(NodeIndex node);
    /// Several choices as the list has them, whatever the order of ticking (as clients of ODK do);
    /// what the list does not have comes last.
    std::string in_list_order(std::uint32_t control, NodeIndex node, std::string_view answer);
    /// What the choices written in the form itself offer of a value that an action sets.
    std::string listed_part(NodeIndex node, std::string value);
    std::string label_of_value(std::uint32_t control, NodeIndex node, std::string_view value);
    std::string label_at(std::string_view value, std::string_view path, NodeIndex context);

    // texts.cpp
    std::string fill(const TextTemplate& text, NodeIndex node);
    std::string word(const Wording& wording, NodeIndex node);
    /// Whether the text may change with answers.
    bool varies(const Wording& wording) const;
    std::uint32_t stamp_of(const Element& element) const;
    const TextForms* forms_of(const Wording& wording, NodeIndex node);
    std::optional<std::string> itext(std::string_view id);

    // elements.cpp
    const std::vector<Element>& list_elements();
    void list_control(std::uint32_t control, FrameIndex frame, int depth);
    void list_repeat(std::uint32_t control, FrameIndex frame, int depth);
    void list_children(const Control& control, FrameIndex frame, int depth);

    // paths.cpp
    std::string path_of(NodeIndex node, bool with_keys) const;
    NodeId find_path(std::string_view path, bool with_keys) const;
    FrameIndex instance_in(SeriesIndex of, std::string_view which, bool with_keys) const;
    FrameIndex instance_of_key(const Series& of, std::string_view key) const;
    ModelIndex model_at(std::string_view path, ModelIndex context) const;

    // entries.cpp
    void record(NodeIndex node);
    void record_initial();
    /// Times of day that the form gives, in the zone of this device.
    void localize_times();
    /// Integers that come with a record are cut: 2.5 is 2.
    void cut_to_whole(NodeIndex node);
    void record_instance(FrameIndex frame, bool present);
    void record_instances();
    void set_aside(FrameIndex frame);
    bool restore_aside(FrameIndex frame);
    void set_values_aside(FrameIndex frame);
    void forget_frame(FrameIndex frame);
    void apply(std::span<const Entry> entries);
    bool apply_instance(const Entry& entry);
    bool apply_value(const Entry& entry);
    std::vector<Entry> take();
    std::vector<Entry> all() const;

    Validity validity_of(NodeIndex node) const;
    std::string message_of(NodeIndex node);
    bool is_readonly(NodeIndex node) const;
};

}  // namespace bordereau::form
