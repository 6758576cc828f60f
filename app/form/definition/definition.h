// app/form/definition/definition.h - the engine's own view of a form: model, body, texts, actions.
// Immutable after loading. Not the filled form: session/state.h has that, in another tree.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "app/form/definition/graph.h"
#include "app/form/definition/texts.h"
#include "app/form/definition/widget.h"
#include "app/form/values/tree.h"
#include "app/form/xpath/expression.h"
#include "app/form/xpath/lookup.h"

namespace bordereau::form {

enum class ValueType {
    string,
    integer,
    decimal,
    boolean,
    date,
    time,
    date_time,
    geopoint,
    geotrace,
    geoshape,
    binary,
    barcode,
    intent
};

/// The bind of a model node. Expressions are indexes into Definition::expressions, kNone if absent.
struct Bind {
    ValueType type = ValueType::string;
    ExpressionIndex relevant = kNone, required = kNone, readonly = kNone;
    ExpressionIndex constraint = kNone, calculate = kNone;
    ModelIndex calculate_context = kNone;  ///< where `calculate` is evaluated; kNone: at the node
    Wording required_message, constraint_message;
    std::string preload, preload_parameters;
    std::string save_to;  ///< entity property
    /// Other attributes: max-pixels of images, track-changes of an audit, by local name.
    std::vector<std::pair<std::string, std::string>> parameters;
};

/// An element or attribute of the primary instance, once for all instances of its repeats.
struct ModelNode {
    Name name = kNoName;
    Space space = 0;                   ///< prefix and namespace as in the document
    std::string path;                  ///< without positions, "/data/rep/q"
    ModelIndex parent = kNone;         ///< kNone for the root
    std::vector<ModelIndex> children;  ///< attributes first, then elements in document order
    RepeatIndex frame = kNone;  ///< innermost repeat this node lies in; a repeat lies in itself
    std::uint32_t slot = 0;     ///< index among the nodes of its frame
    bool is_attribute = false;
    bool is_repeat = false;
    bool is_leaf = true;  ///< has no child elements
    Bind bind;
    std::vector<std::uint32_t> controls;  ///< body controls that show this node
    ModelIndex remark = kNone;            ///< the question that takes remarks on this one
    std::vector<std::uint32_t> triggers;  ///< actions fired when a person changes its value
};

/// How a piece of the primary instance looks when it is created: children in document order.
struct Blueprint {
    ModelIndex node = kNone;
    std::string text;
    std::vector<Blueprint> children;
};

/// A repeat, once for all places where it occurs.
struct Repeat {
    ModelIndex node = kNone;
    RepeatIndex outer = kNone;       ///< the repeat around it
    std::uint32_t depth = 1;         ///< how many repeats lie around a node of it, itself included
    std::uint32_t slot = 0;          ///< index among the repeats of the outer frame
    std::vector<RepeatIndex> inner;  ///< repeats directly inside
    std::vector<ModelIndex> nodes;   ///< of its frame by slot, itself first
    Blueprint blueprint;             ///< of an added instance
    ExpressionIndex count = kNone;   ///< jr:count
    ModelIndex count_context = 0;    ///< what a relative count starts from: a group or the repeat
    bool fixed = false;              ///< jr:noAddRemove
};

enum class ControlKind {
    input,
    select_one,
    select_multiple,
    rank,
    range,
    upload,
    trigger,
    group,
    repeat
};

struct StaticChoice {
    std::string value;
    Wording label;
};

/// A choice list taken from nodes. Expressions are evaluated with the item as context.
struct Itemset {
    ExpressionIndex nodes = kNone;  ///< with the question as context
    ExpressionIndex value = kNone, label = kNone;
    bool label_is_itext = false;  ///< the label expression gives an itext id
    bool fixed = false;           ///< depends on no answer: one list serves all instances
};

struct Control {
    ControlKind kind = ControlKind::input;
    Widget widget = Widget::other;
    ModelIndex node = kNone;     ///< kNone: a group for display only
    RepeatIndex repeat = kNone;  ///< of a repeat
    RepeatIndex frame = kNone;   ///< innermost repeat of the body it lies in
    std::vector<std::uint32_t> children;
    Wording label, hint;
    std::string appearance;
    std::vector<std::pair<std::string, std::string>> parameters;
    std::vector<StaticChoice> choices;
    bool live_labels = false;       ///< choice labels contain outputs
    std::uint32_t itemset = kNone;  ///< into Definition::itemsets
    /// The question that this one takes remarks on, in the same repeat (Enketo's appearance
    /// "comment", with the question in the bind's attribute "for").
    ModelIndex remark_on = kNone;
};

enum class Event { first_load, load, new_repeat, value_changed, revalidate };

enum class ActionKind { set_value, set_geopoint, record_audio };

/// A setvalue or its relatives.
struct Action {
    ActionKind kind = ActionKind::set_value;
    unsigned events = 0;  ///< bit set, 1 << Event
    ModelIndex target = kNone;
    ExpressionIndex target_path = kNone;  ///< only where the path has predicates
    ExpressionIndex value = kNone;        ///< kNone: `text` is the value
    std::string text;
    ModelIndex source = kNone;  ///< the question it is nested in; kNone: model
    RepeatIndex scope = kNone;  ///< the repeat it is nested in, for new_repeat
    bool on(Event event) const { return (events >> static_cast<unsigned>(event)) & 1u; }
};

/// A list or document beside the record. Immutable, shared by all sessions.
struct SecondaryInstance {
    explicit SecondaryInstance(Tree document) : tree(std::move(document)), lookup(tree) {}
    Tree tree;
    Lookup lookup;
};

/// The <submission> element, for those who send records.
struct SubmissionRules {
    std::string action, public_key;
    std::string auto_send, auto_delete;
};

struct Definition {
    std::string id, version, title, body_class;
    std::string entities_version;
    std::shared_ptr<const Names> names;  ///< of all trees of the form
    std::vector<Expression> expressions;
    std::vector<ModelNode> model;                                 ///< index 0 is the root element
    std::unordered_map<std::uint64_t, ModelIndex> model_by_name;  ///< see child()
    std::vector<ModelIndex> root_nodes;  ///< nodes outside all repeats by slot
    std::vector<RepeatIndex> root_repeats;
    std::vector<Repeat> repeats;
    Blueprint initial;
    std::vector<std::pair<std::string, std::string>> namespaces;  ///< prefix, URI of the record
    std::size_t own_namespaces = 0;  ///< the first ones are declared on the record itself
    std::vector<Control> controls;
    std::vector<std::uint32_t> body;  ///< top-level controls
    std::vector<Itemset> itemsets;
    std::vector<Action> actions;
    Translations translations;
    std::vector<std::string> languages;
    std::map<std::string, std::shared_ptr<const SecondaryInstance>, std::less<>> instances;
    ModelIndex instance_id = kNone;    ///< meta/instanceID; every form gets one
    ModelIndex deprecated_id = kNone;  ///< meta/deprecatedID, of records that replace another
    std::string last_saved_id;         ///< the instance jr://instance/last-saved; empty if unused
    SubmissionRules submission;
    Graph graph;

    /// The child element (or attribute) of that local name; kNone if the model has none.
    ModelIndex child(ModelIndex parent, Name name, bool attribute = false) const;
    /// Names from the root down to a node, itself included.
    std::vector<Name> names_to(ModelIndex node) const;
    bool is_within(ModelIndex node, ModelIndex ancestor) const;
    std::uint32_t depth_of(ModelIndex node) const;  ///< how many repeats lie around it
    const Expression& expression(ExpressionIndex index) const { return expressions[index]; }
};

/// The key of model_by_name.
std::uint64_t model_key(ModelIndex parent, Name name, bool attribute);

}  // namespace bordereau::form
