#include "storage/journal/action_codec.h"

#include <algorithm>
#include <array>

#include "storage/base/check.h"
#include "storage/base/text.h"

namespace bordereau::storage {
namespace {

static_assert(std::is_same_v<std::variant_alternative_t<kAnswerKind, Action>, AnswerGiven>);

void put(CborWriter& out, const std::optional<std::string>& text) {
    if (text)
        out.text(*text);
    else
        out.null();
}

std::optional<std::string> optional_text(CborReader& in) {
    if (in.null()) return std::nullopt;
    return std::string{in.text()};
}

// Reads a number that must name one of the values of an enumeration.
template <class Enum>
Enum enumerator(CborReader& in, Enum last) {
    const std::int64_t number = in.number();
    if (number < 0 || number > static_cast<std::int64_t>(last)) {
        in.fail();
        return last;
    }
    return static_cast<Enum>(number);
}

// One layout per kind: `write` and `read` of a kind stand together and must agree.

void write(CborWriter& out, const AuditCreated& a) {
    out.array(3).text(a.form.text).text(a.form_version).text(a.title);
}
void read(CborReader& in, AuditCreated& a) {
    if (in.array() != 3) in.fail();
    a.form.text = in.text();
    a.form_version = in.text();
    a.title = in.text();
}

void write(CborWriter& out, const AuditLabelled& a) {
    out.array(2).text(a.title).text(a.unit);
}
void read(CborReader& in, AuditLabelled& a) {
    if (in.array() != 2) in.fail();
    a.title = in.text();
    a.unit = in.text();
}

void write(CborWriter& out, const AnswerGiven& a) {
    out.array(3).text(a.path);
    put(out, a.value);
    out.array(a.replaces.size() * 2);
    for (const Version& version : a.replaces)
        out.number(static_cast<std::int64_t>(version.stamp.bits)).bytes(raw_device(version.device));
}
void read(CborReader& in, AnswerGiven& a) {
    if (in.array() != 3) in.fail();
    a.path = in.text();
    a.value = optional_text(in);
    const std::size_t items = in.array();
    if (items % 2 != 0) in.fail();
    for (std::size_t i = 0; i + 1 < items && in.ok(); i += 2) {
        const Stamp stamp{static_cast<std::uint64_t>(in.number())};
        const std::string_view device = in.bytes();
        if (device.size() != kRawDeviceSize) in.fail();
        a.replaces.push_back({stamp, device_from_raw(device)});
    }
}

void write(CborWriter& out, const AuditStateSet& a) {
    out.array(2).number(static_cast<std::int64_t>(a.state)).text(a.reason);
}
void read(CborReader& in, AuditStateSet& a) {
    if (in.array() != 2) in.fail();
    a.state = enumerator(in, AuditState::rejected);
    a.reason = in.text();
}

void write(CborWriter& out, const CommentMade& a) {
    out.array(3).text(a.comment.text).text(a.path).text(a.text);
}
void read(CborReader& in, CommentMade& a) {
    if (in.array() != 3) in.fail();
    a.comment.text = in.text();
    a.path = in.text();
    a.text = in.text();
}

void write(CborWriter& out, const CommentResolved& a) {
    out.array(1).text(a.comment.text);
}
void read(CborReader& in, CommentResolved& a) {
    if (in.array() != 1) in.fail();
    a.comment.text = in.text();
}

void write(CborWriter& out, const AttachmentNamed& a) {
    out.array(4).text(a.name).text(a.hash).number(a.size).text(a.media_type);
}
void read(CborReader& in, AttachmentNamed& a) {
    if (in.array() != 4) in.fail();
    a.name = in.text();
    a.hash = in.text();
    a.size = in.number();
    a.media_type = in.text();
}

void write(CborWriter& out, const EvidenceJudged& a) {
    out.array(3).text(a.evidence).number(static_cast<std::int64_t>(a.verdict)).text(a.reason);
}
void read(CborReader& in, EvidenceJudged& a) {
    if (in.array() != 3) in.fail();
    a.evidence = in.text();
    a.verdict = enumerator(in, Verdict::rejected);
    a.reason = in.text();
}

void write(CborWriter& out, const PersonSet& a) {
    out.array(3).text(a.login).number(static_cast<std::int64_t>(a.role)).boolean(a.active);
}
void read(CborReader& in, PersonSet& a) {
    if (in.array() != 3) in.fail();
    a.login = in.text();
    a.role = enumerator(in, Role::administrator);
    a.active = in.boolean();
}

void write(CborWriter& out, const DeviceSet& a) {
    out.array(2).text(a.name).bytes(a.public_key);
}
void read(CborReader& in, DeviceSet& a) {
    if (in.array() != 2) in.fail();
    a.name = in.text();
    a.public_key = in.bytes();
}

void write(CborWriter& out, const FormAdded& a) {
    out.array(4).text(a.version).text(a.title).text(a.definition).array(a.resources.size() * 2);
    for (const auto& resource : a.resources) out.text(resource.name).bytes(resource.bytes);
}
void read(CborReader& in, FormAdded& a) {
    if (in.array() != 4) in.fail();
    a.version = in.text();
    a.title = in.text();
    a.definition = in.text();
    const std::size_t items = in.array();
    if (items % 2 != 0) in.fail();
    for (std::size_t i = 0; i + 1 < items && in.ok(); i += 2) {
        std::string name{in.text()};
        a.resources.push_back({std::move(name), std::string{in.bytes()}});
    }
}

void write(CborWriter& out, const RegisterRowSet& a) {
    out.array(3).text(a.kind).text(a.key);
    put(out, a.json);
}
void read(CborReader& in, RegisterRowSet& a) {
    if (in.array() != 3) in.fail();
    a.kind = in.text();
    a.key = in.text();
    a.json = optional_text(in);
}

void write(CborWriter& out, const AuditTaken& a) {
    out.array(1).text(a.reason);
}
void read(CborReader& in, AuditTaken& a) {
    if (in.array() != 1) in.fail();
    a.reason = in.text();
}

void write(CborWriter& out, const DeviceRestored& a) {
    out.array(3).text(a.previous.text).number(a.made_at).number(a.kept);
}
void read(CborReader& in, DeviceRestored& a) {
    if (in.array() != 3) in.fail();
    a.previous.text = in.text();
    a.made_at = in.number();
    a.kept = in.number();
}

void write(CborWriter& out, const MemberSet& a) {
    out.array(1).bytes(a.certificate);
}
void read(CborReader& in, MemberSet& a) {
    if (in.array() != 1) in.fail();
    a.certificate = in.bytes();
}

template <std::size_t Kind>
std::optional<Action> decode_as(std::string_view bytes) {
    CborReader in{bytes};
    std::variant_alternative_t<Kind, Action> found;
    read(in, found);
    if (!in.complete()) return std::nullopt;
    return Action{std::in_place_index<Kind>, std::move(found)};
}

using Decoder = std::optional<Action> (*)(std::string_view);

template <std::size_t... Kinds>
constexpr std::array<Decoder, sizeof...(Kinds)> decoders(std::index_sequence<Kinds...>) {
    return {&decode_as<Kinds>...};
}

constexpr auto kDecoders = decoders(std::make_index_sequence<std::variant_size_v<Action>>{});

}  // namespace

std::int64_t kind_of(const Action& action) {
    return static_cast<std::int64_t>(action.index());
}

bool is_known_kind(std::int64_t kind) {
    return kind >= 0 && kind < static_cast<std::int64_t>(kDecoders.size());
}

// Kinds 0 to 7 are about audits, and a later one.
bool is_about_audit(const Action& action) {
    return kind_of(action) <= kind_of(EvidenceJudged{}) ||
           std::holds_alternative<AuditTaken>(action);
}

std::string encode_action(const Action& action) {
    CborWriter out;
    std::visit([&out](const auto& kind) { write(out, kind); }, action);
    return out.take();
}

std::optional<Action> decode_action(std::int64_t kind, std::string_view bytes) {
    if (!is_known_kind(kind)) return std::nullopt;
    return kDecoders[static_cast<std::size_t>(kind)](bytes);
}

std::string raw_device(const DeviceId& device) {
    auto raw = from_hex(device.text);
    check(raw && raw->size() == kRawDeviceSize, "a device is named by 32 hexadecimal digits");
    return *std::move(raw);
}

DeviceId device_from_raw(std::string_view raw) {
    return {to_hex(raw)};
}

}  // namespace bordereau::storage
