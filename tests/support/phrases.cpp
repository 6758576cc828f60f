#include "tests/support/phrases.h"

#include <array>

namespace bordereau::test {
namespace {

using namespace std::string_view_literals;

constexpr std::array kLanguages{"en"sv, "fr"sv, "es"sv, "ru"sv, "ar"sv, "zh"sv};

// {n}: a number, {w}: a name, {a} and {b}: a thing or an act of the language's list.
constexpr std::array kEnglish{
    "Officers of shift {n} told us that {a} is written down since {w} came to the post."sv,
    "Only {n} women asked for {a}; the others had never heard of {b}."sv,
    "{w} showed us {a}, and the log of {b} for the last {n} weeks."sv,
    "Families wait {n} minutes at noon, with neither {a} nor {b} near by."sv,
    "Nobody on duty could say who decides about {a}."sv,
    "The plan names {w} for {a}, but {b} has no budget before next year."sv};
constexpr std::array kEnglishThings{
    "the search room"sv,         "a female interpreter"sv, "second-line screening"sv,
    "the complaints box"sv,      "child protection"sv,     "the duty roster"sv,
    "referral to the shelter"sv, "the nursing corner"sv,   "training on trafficking"sv,
    "recruitment of women"sv,    "the holding room"sv,     "the incident register"sv};
constexpr std::array kFrench{
    "Les agents de l’équipe {n} disent que {a} existe depuis l’arrivée de {w}."sv,
    "Seules {n} femmes ont demandé {a} ; les autres ne connaissaient pas {b}."sv,
    "{w} nous a montré {a} et le registre de {b} des {n} dernières semaines."sv,
    "À midi, les familles attendent {n} minutes, sans {a} ni {b} à proximité."sv,
    "Personne au poste n’a su dire qui décide de {a}."sv};
constexpr std::array kFrenchThings{"la salle de fouille"sv,           "une interprète"sv,
                                   "le contrôle de deuxième ligne"sv, "la boîte aux plaintes"sv,
                                   "la protection de l’enfance"sv,    "le tableau de service"sv,
                                   "l’orientation vers le refuge"sv,  "le coin d’allaitement"sv,
                                   "la formation sur la traite"sv,    "le recrutement de femmes"sv};
constexpr std::array kSpanish{
    "Los agentes del turno {n} dicen que {a} existe desde que llegó {w}."sv,
    "Solo {n} mujeres pidieron {a}; las demás no conocían {b}."sv,
    "{w} nos mostró {a} y el registro de {b} de las últimas {n} semanas."sv,
    "Al mediodía las familias esperan {n} minutos, sin {a} ni {b} cerca."sv,
    "Nadie supo decir quién decide sobre {a} mañana."sv};
constexpr std::array kSpanishThings{
    "la sala de registro"sv,         "una intérprete"sv,
    "la segunda línea de control"sv, "el buzón de quejas"sv,
    "la protección de la niñez"sv,   "el cuadro de guardias"sv,
    "la derivación al albergue"sv,   "el rincón de lactancia"sv,
    "la formación sobre trata"sv,    "la contratación de mujeres"sv};
constexpr std::array kRussian{
    "Сотрудники смены {n} сообщили, что {a} ведётся с прихода {w}."sv,
    "Только {n} женщин попросили: {a}; остальные не знали, что есть {b}."sv,
    "{w} показала нам: {a}, а также журнал ({b}) за последние {n} недель."sv,
    "В полдень семьи ждут {n} минут, рядом нет ни того, ни другого: {a}, {b}."sv,
    "Никто на посту не смог ответить, кто решает вопрос: {a}."sv};
constexpr std::array kRussianThings{"комната досмотра"sv,
                                    "женщина-переводчик"sv,
                                    "проверка второй линии"sv,
                                    "ящик для жалоб"sv,
                                    "защита детей"sv,
                                    "график дежурств"sv,
                                    "направление в приют"sv,
                                    "комната матери и ребёнка"sv,
                                    "обучение по торговле людьми"sv,
                                    "набор женщин на службу"sv};
constexpr std::array kArabic{"قال ضباط المناوبة {n} إن {a} مسجلة منذ وصول {w}."sv,
                             "طلبت {n} نساء فقط {a}، ولم تعرف الأخريات شيئًا عن {b}."sv,
                             "أرتنا {w} {a} وسجل {b} للأسابيع الـ{n} الأخيرة."sv,
                             "تنتظر الأسر {n} دقيقة عند الظهر، ولا توجد {a} ولا {b} في الجوار."sv,
                             "لم يستطع أحد في النقطة أن يقول من يقرر بشأن {a}."sv};
constexpr std::array kArabicThings{
    "غرفة التفتيش"sv,       "مترجمة فورية"sv,  "الفحص الثانوي"sv,
    "صندوق الشكاوى"sv,      "حماية الطفولة"sv, "جدول المناوبات"sv,
    "الإحالة إلى المأوى"sv, "ركن الرضاعة"sv,   "التدريب على مكافحة الاتجار"sv,
    "توظيف النساء"sv};
constexpr std::array kChinese{
    "第{n}班的官员说，自{w}到任以来{a}一直有记录。"sv,
    "只有{n}名妇女要求{a}，其他人从未听说过{b}。"sv, "{w}向我们出示了{a}以及最近{n}周的{b}记录。"sv,
    "中午家庭要等{n}分钟，附近既没有{a}也没有{b}。"sv, "值班人员中没有人能说明由谁决定{a}。"sv};
constexpr std::array kChineseThings{"搜查室"sv,     "女翻译"sv,  "二线检查"sv,   "投诉箱"sv,
                                    "儿童保护"sv,   "值班表"sv,  "转介庇护所"sv, "哺乳角"sv,
                                    "反贩运培训"sv, "招聘女性"sv};

struct Tongue {
    std::span<const std::string_view> sentences, things;
};

Tongue tongue_of(std::string_view language) {
    if (language == "fr") return {kFrench, kFrenchThings};
    if (language == "es") return {kSpanish, kSpanishThings};
    if (language == "ru") return {kRussian, kRussianThings};
    if (language == "ar") return {kArabic, kArabicThings};
    if (language == "zh") return {kChinese, kChineseThings};
    return {kEnglish, kEnglishThings};
}

constexpr std::array kSyllables{"ba"sv,  "dri"sv, "ko"sv,  "le"sv, "mi"sv,  "na"sv,
                                "ro"sv,  "sa"sv,  "te"sv,  "va"sv, "zhu"sv, "lin"sv,
                                "mar"sv, "sto"sv, "gur"sv, "pes"sv};

std::string name(Chance& chance) {
    std::string out;
    for (int left = chance.between(2, 4); left > 0; --left) out += chance.one_of(kSyllables);
    out.front() = static_cast<char>(out.front() - 'a' + 'A');
    return out;
}

}  // namespace

std::uint64_t Chance::next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

std::span<const std::string_view> phrase_languages() {
    return kLanguages;
}

std::string sentence(Chance& chance, std::string_view language) {
    const Tongue tongue = tongue_of(language);
    const std::string_view pattern = chance.one_of(tongue.sentences);
    std::string out;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] != '{') {
            out += pattern[at];
            continue;
        }
        const char slot = pattern[at + 1];
        at += 2;
        if (slot == 'n')
            out += std::to_string(chance.between(2, 240));
        else if (slot == 'w')
            out += name(chance);
        else
            out += chance.one_of(tongue.things);
    }
    return out;
}

std::string unit_name(std::size_t number) {
    constexpr std::array kKinds{"road crossing"sv,         "sea port"sv,   "rail crossing"sv,
                                "international airport"sv, "river post"sv, "headquarters"sv};
    Chance chance{number};
    std::string town = name(chance);
    return town + " " + std::string{kKinds[number % kKinds.size()]} + " " +
           std::to_string(number + 1);
}

std::string unit_code(std::size_t number) {
    return "unit_" + std::to_string(number + 1);
}

}  // namespace bordereau::test
