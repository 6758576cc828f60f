#include "app/form/xlsform/entities.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "app/form/xlsform/reference_syntax.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

constexpr std::string_view kNameRule =
    "Names start with a letter or underscore, not with two; letters, digits, underscores and "
    "hyphens may follow.";
constexpr std::string_view kSaveTo = "entities:saveto";

using Path = std::vector<Element*>;  ///< from the survey down to a section

Path path_of(Element* section) {
    Path path;
    for (; section; section = section->parent) path.insert(path.begin(), section);
    return path;
}

std::string text_of(const Path& path) {
    std::string text = "/survey";
    for (std::size_t i = 1; i < path.size(); ++i) text += "/" + path[i]->name;
    return text;
}

/// Down to the innermost repeat, else the survey: what is filled in once per record.
Path scope_of(Path path) {
    while (path.size() > 1 && path.back()->kind != ElementKind::repeat) path.pop_back();
    return path;
}

std::ptrdiff_t repeats_in(const Path& path) {
    return std::ranges::count_if(
        path, [](const auto* section) { return section->kind == ElementKind::repeat; });
}

bool starts_with(const Path& path, const Path& start) {
    return path.size() >= start.size() && std::equal(start.begin(), start.end(), path.begin());
}

Path common_start(const std::vector<Path>& paths) {
    Path common = paths.front();
    for (const auto& path : paths) {
        const auto differs = std::ranges::mismatch(common, path).in1;
        common.erase(differs, common.end());
    }
    return common;
}

/// One place where an entity list is mentioned: a save_to, or a question its expressions name.
struct Mention {
    Path path;
    int row;
    std::string question;  ///< empty for a save_to
};

struct Request {
    const EntityDeclaration* entity;
    Path scope;
    Path wanted;
    std::vector<Path> save_to_paths;
};

class EntityPlacer {
public:
    EntityPlacer(std::vector<EntityDeclaration> entities, Element& survey, Findings& findings)
        : entities_(std::move(entities)), survey_(survey), findings_(findings) {}

    std::string run() {
        gather_mentions();
        if (entities_.empty()) return {};
        std::vector<Request> requests;
        for (const auto& entity : entities_) requests.push_back(request_of(entity));
        allocate(std::move(requests));
        bool survey_only = true;
        for (const auto& [section, entity] : placed_) {
            survey_only = survey_only && section == &survey_;
            build(*section, *entity);
        }
        return survey_only ? "2024.1.0" : "2025.1.0";
    }

private:
    void error(const Place& place, std::string message, std::string remedy) {
        findings_.error(place, std::move(message), std::move(remedy));
    }
    static Place declaration(const EntityDeclaration& entity) {
        return {"entities", entity.row, "list_name"};
    }

    void gather_mentions() {
        std::map<std::string, std::vector<const EntityDeclaration*>, std::less<>> naming;
        for (const auto& entity : entities_) {
            std::set<std::string_view> names;
            for (const auto& text : {std::cref(entity.entity_id), std::cref(entity.create_if),
                                     std::cref(entity.update_if), std::cref(entity.label)})
                for (const auto& reference : references_in(text.get()))
                    names.insert(reference.name);
            for (const auto name : names) naming[std::string{name}].push_back(&entity);
        }
        walk(survey_, [&](Element& element) {
            if (element.kind == ElementKind::survey || !element.parent) return;
            read_save_to(element);
            const auto found = naming.find(element.name);
            if (found == naming.end()) return;
            for (const auto* entity : found->second)
                mentions_[entity].push_back({path_of(element.parent), element.row, element.name});
        });
    }

    void read_save_to(Element& element) {
        std::string save_to{element.bind.get(kSaveTo)};
        if (save_to.empty()) return;
        const Place place{"survey", element.row, "save_to"};
        if (entities_.empty()) {
            error(place, "There is no entity list to save to.",
                  "Add a sheet 'entities' that declares one.");
            return;
        }
        if (element.is_section() || element.kind == ElementKind::loop) {
            error(place, "Groups and repeats cannot be saved.", "Move save_to to a question.");
            return;
        }
        const auto* entity = list_of(save_to, place);
        if (!entity || !check_property(*entity, save_to, place)) return;
        element.bind.set(kSaveTo, save_to);
        mentions_[entity].push_back({path_of(element.parent), element.row, {}});
    }

    /// The list that "list#property" or a lone "property" means; takes the list off `save_to`.
    const EntityDeclaration* list_of(std::string& save_to, const Place& place) {
        const auto hash = save_to.find('#');
        if (hash == std::string::npos) {
            if (entities_.size() == 1) return &entities_.front();
            error(place, "With several entity lists, save_to must say which one.",
                  "Write list#property.");
            return nullptr;
        }
        const auto list = save_to.substr(0, hash);
        save_to.erase(0, hash + 1);
        const auto found = std::ranges::find(entities_, list, &EntityDeclaration::list);
        if (save_to.find('#') == std::string::npos && found != entities_.end()) return &*found;
        error(place, "The entity list " + quoted(list) + " is not declared.",
              "Check the spelling, or declare it on the entities sheet.");
        return nullptr;
    }

    bool check_property(const EntityDeclaration& entity, const std::string& property,
                        const Place& place) {
        const auto lower = lower_ascii(property);
        if (lower == "name" || lower == "label") {
            error(place, "Properties cannot be named 'name' or 'label'.", "Choose another name.");
            return false;
        }
        if (property.starts_with("__") || !is_xml_name(property)) {
            error(place, "The property name " + quoted(property) + " cannot be used.",
                  std::string{kNameRule});
            return false;
        }
        const auto [known, fresh] = rows_.emplace(std::pair{entity.list, property}, place.row);
        if (fresh) return true;
        error(place,
              "The property " + quoted(property) + " is saved by row " +
                  std::to_string(known->second) + " already.",
              "Rename or remove one of the two.");
        return false;
    }

    /// Where an entity wants to stand: with the questions it saves, else with those it names.
    Request request_of(const EntityDeclaration& entity) {
        const Path whole{&survey_};
        Request request{&entity, whole, whole, {}};
        const auto found = mentions_.find(&entity);
        if (found == mentions_.end()) return request;
        const auto& mentions = found->second;
        const Mention* deepest = &mentions.front();
        for (const auto& mention : mentions)
            if (is_deeper(mention.path, deepest->path)) deepest = &mention;
        request.scope = scope_of(deepest->path);
        request.wanted = deepest->path;
        for (const auto& mention : mentions)
            if (mention.question.empty()) request.save_to_paths.push_back(mention.path);
        if (!request.save_to_paths.empty()) request.wanted = wanted_for(request.save_to_paths);
        for (const auto& mention : mentions) check_scope(entity, mention, request);
        return request;
    }

    static bool is_deeper(const Path& path, const Path& than) {
        const auto repeats = repeats_in(path), others = repeats_in(than);
        if (repeats != others) return repeats > others;
        return scope_of(path) == scope_of(than) && path.size() > than.size();
    }

    /// What all saved questions have in common, but not above the innermost repeat among them.
    static Path wanted_for(const std::vector<Path>& save_to_paths) {
        const Path* deepest = &save_to_paths.front();
        for (const auto& path : save_to_paths)
            if (is_deeper(path, *deepest)) deepest = &path;
        auto scope = scope_of(*deepest);
        auto common = common_start(save_to_paths);
        return is_deeper(common, scope) || repeats_in(common) > repeats_in(scope) ? common : scope;
    }

    /// Values can only be taken from the same record: the entity's own repeat, or those around it.
    void check_scope(const EntityDeclaration& entity, const Mention& mention,
                     const Request& request) {
        const auto scope = scope_of(mention.path);
        const bool around = starts_with(request.scope, scope);
        const bool save_to = mention.question.empty();
        if (around && (!save_to || scope == scope_of(request.wanted))) return;
        const Place place = save_to ? Place{"survey", mention.row, "save_to"} : declaration(entity);
        error(place,
              "The entity list " + quoted(entity.list) + " belongs to " + text_of(request.scope) +
                  ", but " + (save_to ? "this question" : quoted(mention.question)) +
                  " stands in " + text_of(mention.path) + ".",
              "Copy the value with a calculate question into the same repeat.");
    }

    void allocate(std::vector<Request> requests) {
        const bool survey_alone = requests.size() == 1 && requests.front().scope.size() == 1;
        if (survey_alone) {
            placed_.emplace_back(&survey_, requests.front().entity);
            return;
        }
        for (const auto& request : requests) allocate(request);
    }

    /// One entity per section: an entity moves outwards while its place is taken.
    void allocate(const Request& request) {
        for (auto depth = request.wanted.size(); depth >= request.scope.size(); --depth) {
            auto* section = request.wanted[depth - 1];
            const auto taken = reserved_.find(section);
            if (taken == reserved_.end()) {
                placed_.emplace_back(section, request.entity);
                reserve(request, depth);
                return;
            }
            if (const auto* other = rival(request)) return refuse(request, *other);
        }
        // Without an owner there the request itself was wrong, which has been said.
        const auto owner = reserved_.find(request.scope.back());
        if (owner != reserved_.end()) refuse(request, *owner->second);
    }

    const EntityDeclaration* rival(const Request& request) const {
        for (const auto& path : request.save_to_paths) {
            const auto taken = reserved_.find(path.back());
            if (taken != reserved_.end()) return taken->second;
        }
        return nullptr;
    }

    void refuse(const Request& request, const EntityDeclaration& other) {
        error(declaration(*request.entity),
              "There is no group or repeat left for the entity list " +
                  quoted(request.entity->list) + " in " + text_of(request.scope) + ".",
              "Each may have one list; the one taken belongs to row " + std::to_string(other.row) +
                  ". Add a group around the questions it saves.");
    }

    /// The sections from the entity's own down to its questions are not free for others.
    void reserve(const Request& request, std::size_t depth) {
        reserved_.emplace(request.wanted[depth - 1], request.entity);
        for (const auto& path : request.save_to_paths)
            for (auto i = depth - 1; i < path.size(); ++i)
                reserved_.emplace(path[i], request.entity);
    }

    static Element& add_attribute(Element& entity, std::string_view name, std::string value,
                                  const std::string& calculate) {
        auto attribute = std::make_unique<Element>();
        attribute->kind = ElementKind::attribute;
        attribute->name = "@" + std::string{name};
        attribute->default_value = std::move(value);
        if (!calculate.empty()) bind_text(*attribute, calculate);
        return entity.add(std::move(attribute));
    }

    static void bind_text(Element& element, const std::string& calculate) {
        if (!calculate.empty()) element.bind.set("calculate", calculate);
        element.bind.set("readonly", "true()");
        element.bind.set("type", "string");
    }

    static void build(Element& section, const EntityDeclaration& declaration) {
        auto owned = std::make_unique<Element>();
        owned->kind = ElementKind::group;
        owned->name = owned->type = "entity";
        auto& meta = meta_of(section);
        auto& entity = meta.add(std::move(owned));
        const bool update = !declaration.entity_id.empty();
        const bool create = !update || !declaration.create_if.empty();
        add_attribute(entity, "dataset", declaration.list, {});
        if (create) add_attribute(entity, "create", "1", declaration.create_if);
        if (update) add_version_attributes(entity, declaration);
        auto& id = add_attribute(entity, "id", {}, {});
        bind_text(id, declaration.entity_id);
        if (create) add_new_id(id, section);
        if (declaration.label.empty()) return;
        auto label = std::make_unique<Element>();
        label->name = "label";
        bind_text(*label, declaration.label);
        entity.add(std::move(label));
    }

    static void add_version_attributes(Element& entity, const EntityDeclaration& declaration) {
        add_attribute(entity, "update", "1", declaration.update_if);
        const auto item =
            "instance('" + declaration.list + "')/root/item[name=" + declaration.entity_id + "]/";
        add_attribute(entity, "baseVersion", {}, item + "__version");
        add_attribute(entity, "trunkVersion", {}, item + "__trunkVersion");
        add_attribute(entity, "branchId", {}, item + "__branchId");
    }

    static void add_new_id(Element& id, const Element& section) {
        const bool update = id.bind.has("calculate");
        if (update) return;
        id.actions.push_back(
            {.element = "setvalue", .event = "odk-instance-first-load", .value = "uuid()"});
        const bool repeated = section.kind == ElementKind::repeat || enclosing_repeat(section);
        if (repeated)
            id.actions.push_back(
                {.element = "setvalue", .event = "odk-new-repeat", .value = "uuid()"});
    }

    std::vector<EntityDeclaration> entities_;
    Element& survey_;
    Findings& findings_;
    std::map<const EntityDeclaration*, std::vector<Mention>> mentions_;
    std::map<std::pair<std::string, std::string>, int> rows_;
    std::vector<std::pair<Element*, const EntityDeclaration*>> placed_;
    std::map<const Element*, const EntityDeclaration*> reserved_;
};

void check_list_name(const EntityDeclaration& entity, const Table& table, Findings& findings) {
    const auto place = table.place(entity.row, "list_name");
    const bool usable = is_xml_name(entity.list) && !entity.list.starts_with("__") &&
                        entity.list.find('.') == std::string::npos;
    if (!usable)
        findings.error(place, "The entity list name " + quoted(entity.list) + " cannot be used.",
                       std::string{kNameRule});
}

void check_expressions(const EntityDeclaration& entity, const Table& table, Findings& findings) {
    const auto error = [&](std::string_view column, std::string message, std::string remedy) {
        findings.error(table.place(entity.row, column), std::move(message), std::move(remedy));
    };
    const auto list = quoted(entity.list);
    if (entity.entity_id.empty() && !entity.update_if.empty())
        error("entity_id", "Updates of the entity list " + list + " need an entity_id.",
              "Add one, or write the condition into create_if.");
    if (!entity.entity_id.empty() && !entity.create_if.empty() && entity.update_if.empty())
        error("update_if",
              "The entity list " + list + " has create_if and entity_id but no update_if.",
              "Add update_if, or remove the entity_id.");
    if (entity.entity_id.empty() && entity.label.empty())
        error("label", "New entities of the list " + list + " have no label.",
              "Add a label, or an entity_id to update existing ones.");
}

}  // namespace

Element& meta_of(Element& section) {
    for (const auto& child : section.children)
        if (child->name == "meta" && child->type == "meta") return *child;
    auto meta = std::make_unique<Element>();
    meta->kind = ElementKind::group;
    meta->name = meta->type = "meta";
    return section.add(std::move(meta));
}

std::vector<EntityDeclaration> read_entities(const Table& table, Findings& findings) {
    std::vector<EntityDeclaration> entities;
    for (const auto& column : table.columns)
        if (!column.known)
            findings.error(table.place(1, column.header),
                           "The entities sheet has no column " + quoted(column.header) + ".",
                           "Columns are list_name, entity_id, create_if, update_if and label.");
    for (const auto& row : table.rows) {
        const auto text = [&row](std::string_view key) { return std::string{row.text(key)}; };
        EntityDeclaration entity{text("list_name"), text("entity_id"), text("create_if"),
                                 text("update_if"), text("label"),     row.number};
        check_list_name(entity, table, findings);
        check_expressions(entity, table, findings);
        if (std::ranges::find(entities, entity.list, &EntityDeclaration::list) != entities.end())
            findings.error(table.place(row.number, "list_name"),
                           "The entity list " + quoted(entity.list) + " is declared twice.",
                           "Remove one of the rows.");
        entities.push_back(std::move(entity));
    }
    return entities;
}

std::string place_entities(std::vector<EntityDeclaration> entities, Element& survey,
                           Findings& findings) {
    return EntityPlacer{std::move(entities), survey, findings}.run();
}

}  // namespace bordereau::form::xlsform
