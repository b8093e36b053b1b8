// ISO 32000-1, 14.7 (logical structure), 14.8 (tagged PDF), 14.9 (accessibility).
// Asked for by qpdf 11: smart pointers of the standard only.
#define POINTERHOLDER_TRANSITION 4

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <stdexcept>

#include "print/paper.h"

namespace gcp2::print {
namespace {

using Object = QPDFObjectHandle;

/// Copies a page's content, marks everything outside of marked content as an artifact, and counts
/// the numbered pieces of marked content, which cairo numbers from 0 in drawing order.
class Marking : public Object::ParserCallbacks {
 public:
  void handleObject(Object object, std::size_t, std::size_t) override {
    if (!object.isOperator()) {
      operands_.push_back(object);
      return;
    }
    const std::string name = object.getOperatorValue();
    const bool begins = name == "BDC" || name == "BMC";
    if (depth_ == 0 && begins && numbered()) {
      if (artifact_) out_ += "EMC\n";
      artifact_ = false;
      ++pieces_;
    } else if (depth_ == 0 && !artifact_) {
      out_ += "/Artifact BMC\n";
      artifact_ = true;
    }
    if (begins) ++depth_;
    if (name == "EMC") --depth_;
    for (Object& operand : operands_) out_ += operand.unparse() + ' ';
    out_ += name + '\n';
    operands_.clear();
  }
  void handleEOF() override {
    if (artifact_) out_ += "EMC\n";
    artifact_ = false;
  }

  [[nodiscard]] const std::string& content() const noexcept { return out_; }
  [[nodiscard]] std::size_t pieces() const noexcept { return pieces_; }

 private:
  /// A piece of the structure and not, say, the text that a ligature stands for.
  [[nodiscard]] bool numbered() {
    if (operands_.size() != 2 || !operands_[1].isDictionary()) return false;
    Object number = operands_[1].getKey("/MCID");
    if (!number.isInteger()) return false;
    if (number.getIntValue() != static_cast<long long>(pieces_))
      throw std::runtime_error{"marked content is out of order"};
    return true;
  }

  std::vector<Object> operands_;
  std::string out_;
  std::size_t pieces_ = 0;
  int depth_ = 0;
  bool artifact_ = false;
};

Object name(const std::string& text) { return Object::newName("/" + text); }
Object text(const std::string& utf8) { return Object::newUnicodeString(utf8); }

Object dictionary(std::initializer_list<std::pair<const std::string, Object>> entries) {
  return Object::newDictionary(std::map<std::string, Object>{entries});
}

Object attributes_of(const Element& element) {
  if (!element.scope.empty())
    return dictionary({{"/O", name("Table")}, {"/Scope", name(element.scope)}});
  const Box& b = *element.box;
  const Object::Rectangle box{b.x, page_height - b.y - b.height, b.x + b.width, page_height - b.y};
  return dictionary({{"/O", name("Layout")},
                     {"/Placement", name("Block")},
                     {"/BBox", Object::newFromRectangle(box)}});
}

class Structure {
 public:
  Structure(QPDF& pdf, const Paper& paper) : pdf_{pdf}, paper_{paper} {
    for (const Element& element : paper.elements) {
      Object object = pdf.makeIndirectObject(
          dictionary({{"/Type", name("StructElem")}, {"/S", name(element.type)}}));
      if (!element.alt.empty()) object.replaceKey("/Alt", text(element.alt));
      if (!element.scope.empty() || element.box) object.replaceKey("/A", attributes_of(element));
      objects_.push_back(object);
      content_.emplace_back();
    }
  }

  /// Numbers a page's marks; the result is the page's line of the parent tree.
  Object add_page(Object page, const Page& drawn) {
    Object parents = Object::newArray();
    int number = 0;
    for (const Mark& mark : drawn.marks) {
      if (!mark.element) continue;
      content_[*mark.element].push_back(dictionary(
          {{"/Type", name("MCR")}, {"/Pg", page}, {"/MCID", Object::newInteger(number++)}}));
      parents.appendItem(objects_[*mark.element]);
    }
    return parents;
  }

  /// Joins the elements; those that hold nothing are left out, but for those that keep a place.
  Object root(Object parent_tree) {
    const std::vector<Element>& elements = paper_.elements;
    std::vector<std::vector<std::size_t>> children(elements.size());
    std::vector<bool> kept(elements.size());
    for (std::size_t i = elements.size(); i-- > 0;) {
      const std::string& type = elements[i].type;
      const bool holds_a_place = type == "TD" || type == "TH" || type == "Lbl" || type == "LBody";
      kept[i] = i == 0 || holds_a_place || !content_[i].empty() || !children[i].empty();
      if (kept[i] && i != 0) children[elements[i].parent].push_back(i);
    }
    Object tree = pdf_.makeIndirectObject(dictionary({{"/Type", name("StructTreeRoot")}}));
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (!kept[i]) continue;
      Object kids = Object::newArray(content_[i]);
      std::reverse(children[i].begin(), children[i].end());
      for (const std::size_t child : children[i]) kids.appendItem(objects_[child]);
      objects_[i].replaceKey("/K", kids);
      objects_[i].replaceKey("/P", i == 0 ? tree : objects_[elements[i].parent]);
    }
    tree.replaceKey("/K", Object::newArray({objects_.front()}));
    tree.replaceKey("/ParentTree", parent_tree);
    tree.replaceKey("/ParentTreeNextKey",
                    Object::newInteger(static_cast<long long>(paper_.pages.size())));
    return tree;
  }

 private:
  QPDF& pdf_;
  const Paper& paper_;
  std::vector<Object> objects_;
  std::vector<std::vector<Object>> content_;
};

std::string xml(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '\n': out += ' '; break;
      default: out += c;
    }
  return out;
}

/// XMP (ISO 16684-1) says title and language once more. It does not claim PDF/UA: see docs/adr.
Object metadata(QPDF& pdf, const Paper& paper) {
  std::string packet =
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
      "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:format>application/pdf</dc:format>";
  packet += fmt::format(
      "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>"
      "<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>",
      xml(paper.title), xml(paper.language));
  packet += "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";
  Object stream = Object::newStream(&pdf, packet);
  stream.getDict().replaceKey("/Type", name("Metadata"));
  stream.getDict().replaceKey("/Subtype", name("XML"));
  return stream;
}

void describe(QPDF& pdf, const Paper& paper) {
  Object catalog = pdf.getRoot();
  catalog.replaceKey("/Lang", text(paper.language));
  catalog.replaceKey("/MarkInfo", dictionary({{"/Marked", Object::newBool(true)}}));
  catalog.replaceKey("/ViewerPreferences",
                     dictionary({{"/DisplayDocTitle", Object::newBool(true)}}));
  if (!paper.bookmarks.empty()) catalog.replaceKey("/PageMode", name("UseOutlines"));
  catalog.replaceKey("/Metadata", metadata(pdf, paper));
  // No date: the same view gives the same bytes.
  pdf.getTrailer().replaceKey(
      "/Info", pdf.makeIndirectObject(dictionary({{"/Title", text(paper.title)},
                                                  {"/Creator", text("gcp2")},
                                                  {"/Producer", text("cairo, qpdf")}})));
}

}  // namespace

std::string tagged(const std::string& bytes, const Paper& paper) {
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  pdf.processMemoryFile("report", bytes.data(), bytes.size());
  std::vector<QPDFPageObjectHelper> pages = QPDFPageDocumentHelper{pdf}.getAllPages();
  if (pages.size() != paper.pages.size()) throw std::runtime_error{"a page is missing"};

  Structure structure{pdf, paper};
  Object numbers = Object::newArray();
  for (std::size_t i = 0; i < pages.size(); ++i) {
    Object page = pages[i].getObjectHandle();
    Marking marking;
    pages[i].parseContents(&marking);
    page.replaceKey("/Contents", Object::newStream(&pdf, marking.content()));
    Object parents = structure.add_page(page, paper.pages[i]);
    if (marking.pieces() != static_cast<std::size_t>(parents.getArrayNItems()))
      throw std::runtime_error{"cairo left out a piece of marked content"};
    const Object key = Object::newInteger(static_cast<long long>(i));
    page.replaceKey("/StructParents", key);
    page.replaceKey("/Tabs", name("S"));
    numbers.appendItem(key);
    numbers.appendItem(pdf.makeIndirectObject(parents));
  }
  describe(pdf, paper);
  pdf.getRoot().replaceKey(
      "/StructTreeRoot", structure.root(pdf.makeIndirectObject(dictionary({{"/Nums", numbers}}))));

  QPDFWriter writer{pdf};
  writer.setOutputMemory();
  writer.setMinimumPDFVersion("1.7");
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.setDeterministicID(true);
  writer.write();
  const std::shared_ptr<Buffer> out = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(out->getBuffer()), out->getSize()};
}

}  // namespace gcp2::print
