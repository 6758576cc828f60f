// app/form/xform/reader.h - the steps that turn a parsed XForm into a Definition.
// Inside of load_xform() only; each step lies in a file of its own.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/form/definition/definition.h"
#include "app/form/definition/form.h"
#include "app/form/xform/document.h"

namespace bordereau::form {

/// Where in the body a control is read.
struct BodyPlace {
    ModelIndex context = 0;     ///< relative references start here
    RepeatIndex frame = kNone;  ///< innermost repeat of the body
};

/// A path of a bind, control or action, found in the model.
struct Located {
    ModelIndex node = kNone;
    bool filtered = false;  ///< has predicates, which the model does not see
};

class FormReader {
public:
    FormReader(const Tree& tree, std::shared_ptr<Names> names, const Resources& resources);

    /// Runs all steps. The definition is usable only if `findings` has no error.
    void read();

    Definition definition;
    Diagnostics findings;

private:
    // reader.cpp: what all steps use
    void error(std::string path, std::string message, std::string remedy = {});
    void warning(std::string path, std::string message, std::string remedy = {});
    /// Each distinct text is compiled once. `place` names the attribute for the message.
    ExpressionIndex compile(std::string_view text, const std::string& path, const char* place);
    Located locate(std::string_view path, ModelIndex context) const;
    /// Of nodes outside of all repeats; nothing before settle_repeats().
    std::optional<std::uint32_t> slot_of(std::span<const Name> path) const;
    void read_head();
    void check_entities_version();
    void collect_namespaces();
    void read_submission();

    // check_constants.cpp
    void check_constants();

    // read_model.cpp: the primary instance and its repeats
    void read_primary_instance(NodeIndex instance);
    ModelIndex model_node(ModelIndex parent, NodeIndex element, bool attribute);
    Blueprint read_blueprint(NodeIndex element, ModelIndex parent);
    void add_attributes(NodeIndex element, Blueprint& into);
    ModelIndex add_model_node(ModelIndex parent, Name name, Space space, bool attribute);
    void find_repeats(NodeIndex body);
    RepeatIndex add_repeat(ModelIndex node);
    void settle_repeats();
    void settle_frame(ModelIndex node, RepeatIndex frame);
    void settle_blueprint(RepeatIndex repeat);
    void ensure_instance_id();
    ModelIndex add_instance_id(ModelIndex block, Name id);
    /// Texts of the form itself in the canonical form of their type, once the types are known.
    void cast_defaults(Blueprint& blueprint);
    /// Choices of a default that the question offers.
    void keep_offered(Blueprint& blueprint);

    // read_lists.cpp: secondary instances
    void read_secondary_instance(NodeIndex instance);
    void read_external(const std::string& id, std::string_view source);
    void keep_instance(const std::string& id, Tree tree);
    void prepare_lookups();

    // read_texts.cpp: itext, labels, messages
    void read_itext(NodeIndex itext);
    void read_translation(NodeIndex element, Translation& translation);
    void check_outputs(const Translation& translation);
    /// Ids of the texts that outputs of a text name.
    std::vector<std::string> texts_within(const TextTemplate& text) const;
    void read_text_value(NodeIndex value, const std::string& place, TextForms& forms);
    TextTemplate read_template(NodeIndex element, const std::string& path);
    void read_pieces(NodeIndex element, const std::string& path, TextTemplate& into);
    Wording read_wording(NodeIndex element, const std::string& path);
    Wording read_message(std::string_view text, const std::string& path);
    bool read_itext_reference(std::string_view text, const std::string& path, Wording& into);

    // read_binds.cpp
    void read_bind(NodeIndex bind);
    /// A calculation that stands word for word inside and outside of a repeat is one (as in
    /// JavaRosa): count(/data/row) is the number of all rows in both places.
    void join_equal_calculations();
    void read_bind_expressions(NodeIndex element, const std::string& path, Bind& bind);

    // read_body.cpp
    void read_body(NodeIndex body);
    void read_children(NodeIndex element, const BodyPlace& place, std::vector<std::uint32_t>& into);
    std::uint32_t read_group(NodeIndex element, const BodyPlace& place);
    std::uint32_t read_repeat(NodeIndex element, const BodyPlace& place);
    std::uint32_t read_question(NodeIndex element, const BodyPlace& place, ControlKind kind);
    void read_common(NodeIndex element, Control& control);
    void read_choices(NodeIndex element, Control& control);
    void read_item(NodeIndex element, Control& control);
    void read_itemset(NodeIndex element, Control& control);
    void check_itemset(const Itemset& itemset, NodeIndex element, const std::string& path);
    void check_range(const Control& control, const std::string& path);
    void check_media_type(std::string_view media_type, const std::string& path);
    ModelIndex control_node(NodeIndex element, const BodyPlace& place);
    std::uint32_t keep(Control control);

    // read_remarks.cpp
    void join_remarks();
    void join_remark(std::uint32_t control, std::string_view on);

    // read_actions.cpp
    bool is_action(NodeIndex element) const;
    void read_action(NodeIndex element, ModelIndex source, RepeatIndex scope, ModelIndex context);
    unsigned read_events(NodeIndex element, const std::string& path);

    Document document_;
    std::shared_ptr<Names> names_;
    const Resources& resources_;
    NodeIndex model_ = kNoNode, body_ = kNoNode;
    std::vector<NamespacePrefix> prefixes_;
    SlotOf slots_;
    std::unordered_map<std::string_view, ExpressionIndex> compiled_;  ///< by the programs' texts
    std::map<ModelIndex, Blueprint> templates_;  ///< jr:template, by repeat node
    std::map<std::string, ModelIndex, std::less<>> bind_ids_;
};

/// The control kind of a body element; nothing for labels, actions and other elements.
std::optional<ControlKind> control_kind(std::string_view local_name);
Widget widget_of(ControlKind kind, ValueType type, std::string_view media_type);

/// What a list may hold before it is refused.
struct ListLimits {
    std::size_t rows = 1'000'000;
    std::size_t columns = 16'384;
    std::size_t cells = 16'000'000;
    std::size_t json_bytes = 64u << 20;  ///< of GeoJSON, which takes ten times as much once read
    std::size_t json_depth = 100;
};

/// Rows of a .csv file as <root><item><column>...</column></item></root>.
Result<Tree> read_csv_list(std::string_view csv, const std::shared_ptr<Names>& names,
                           const ListLimits& limits = {});
/// Features of a .geojson file in the same layout, with id, properties and geometry as ODK text.
Result<Tree> read_geojson_list(std::string_view json, const std::shared_ptr<Names>& names,
                               const ListLimits& limits = {});

}  // namespace bordereau::form
